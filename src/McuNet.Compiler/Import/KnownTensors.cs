using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import;

/// <summary>Constants as tensors of the network.</summary>
internal static class KnownTensors
{
    /// <summary>The elements in the order of ONNX, and how a tensor holds them: whole numbers as int32, truth values as bytes.</summary>
    public static (ImmutableArray<byte> Data, TensorType Type) Of(Constant constant)
    {
        var shape = Layout.ShapeOf(constant.Shape);
        return constant.Type switch
        {
            _ when constant.IsQuantized => (Bytes<float>([.. constant.Numbers()]), new(shape, ElementType.Float32)),
            OnnxType.Float => ([.. constant.Data.Span], new(shape, ElementType.Float32)),
            OnnxType.Int64 or OnnxType.Int32 => (Bytes<int>([.. constant.Integers()]), new(shape, ElementType.Int32)),
            OnnxType.Bool => ([.. constant.Truths().Select(t => (byte)(t ? 1 : 0))], new(shape, ElementType.UInt8, WholeNumbers.Steps)),
            OnnxType.UInt8 => ([.. constant.Data.Span], new(shape, ElementType.UInt8, WholeNumbers.Steps)),
            OnnxType.Int8 => ([.. constant.Data.Span], new(shape, ElementType.Int8, WholeNumbers.Steps)),
            _ => throw Constants.BadType(constant, "float32, int64, int32, int8, uint8 and bool"),
        };
    }

    private static ImmutableArray<byte> Bytes<T>(T[] values)
        where T : unmanaged => ImmutableCollectionsMarshal.AsImmutableArray(MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
