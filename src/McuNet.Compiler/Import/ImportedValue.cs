using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import;

/// <summary>A model that has been read.</summary>
/// <param name="Model">Its live part, in place of conditional nodes the branches that are taken.</param>
/// <param name="Values">By name, all values of that part.</param>
internal sealed record ImportedModel(OnnxModel Model, NetworkGraph Network, IReadOnlyDictionary<string, ImportedValue> Values);

/// <summary>What an ONNX value name stands for while a model is imported.</summary>
internal abstract record ImportedValue(string Name)
{
    /// <summary>Dimensions in ONNX order.</summary>
    public abstract ImmutableArray<int> Dims { get; }
}

/// <summary>What the elements of a value mean in ONNX.</summary>
internal enum ValueKind
{
    /// <summary>Real numbers, or integers that stand for some.</summary>
    Real,

    /// <summary>Whole numbers, which ONNX has as int64, int32, int8 or uint8: in the network real numbers, or bytes in steps of
    /// one.</summary>
    Number,

    /// <summary>Truth values: bytes 0 and 1 in steps of one.</summary>
    Truth,
}

/// <summary>
/// A tensor of the network seen through views: transposition, reshaping and padding change how ONNX sees it, not where its elements
/// lie. A view ends where an operator takes it in.
/// </summary>
internal sealed record Activation(string Name, TensorId Tensor, TensorType Type, AxisOrder Axes, ZeroPadding Padding) : ImportedValue(Name)
{
    public override ImmutableArray<int> Dims => Axes.Dims(Padding.Padded(Type.Shape));

    public ValueKind Kind { get; init; }

    /// <summary>Whether its integers are whole numbers themselves, rather than steps of a scale.</summary>
    public bool IsWhole => Kind != ValueKind.Real && Type.IsQuantized;
}

/// <summary>Rows and columns of real zeros around a tensor.</summary>
internal readonly record struct ZeroPadding(int Top, int Left, int Bottom, int Right)
{
    public bool IsNone => (Top | Left | Bottom | Right) == 0;

    public TensorShape Padded(TensorShape shape) => shape with { Height = shape.Height + Top + Bottom, Width = shape.Width + Left + Right };
}

/// <summary>A tensor known at compile time. Quantised where it went through DequantizeLinear: real = (q - zero point) * scale.</summary>
/// <param name="Scales">Empty for plain numbers, one for the tensor, or one per index of <paramref name="Axis"/>.</param>
internal sealed record Constant(
    string Name,
    ImmutableArray<int> Shape,
    OnnxType Type,
    ReadOnlyMemory<byte> Data,
    ImmutableArray<float> Scales,
    ImmutableArray<int> ZeroPoints,
    int Axis
) : ImportedValue(Name)
{
    public override ImmutableArray<int> Dims => Shape;

    public bool IsQuantized => !Scales.IsEmpty;

    /// <summary>Bits of an element as the model keeps it: 4 of int4 and uint4, which are read as int8 and uint8.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>What its integers are more than signed ones that mean the same.</summary>
    public int Offset => Type != OnnxType.UInt8 ? 0 : 1 << (Bits - 1);

    /// <summary>Whether its float32 were float16 in the model.</summary>
    public bool IsFloat16 { get; init; }

    /// <summary>What its float32 were computed from; null where nobody keeps that.</summary>
    public ElementOrigin? Origin { get; init; }

    public int Count => Data.Length / Type.Size();
}

/// <summary>Integer, scale (float32) and zero point (int8) of every element: the element is (integer - zero point) * scale.</summary>
/// <param name="Bits">Of the integers in the model.</param>
internal sealed record ElementOrigin(ReadOnlyMemory<byte> Steps, ReadOnlyMemory<byte> Scales, ReadOnlyMemory<byte> Zeros, int Bits)
{
    /// <summary>The same for other elements.</summary>
    /// <param name="move">Moves elements, of as many bytes.</param>
    public ElementOrigin Moved(Func<ReadOnlyMemory<byte>, int, ReadOnlyMemory<byte>> move) =>
        this with
        {
            Steps = move(Steps, sizeof(sbyte)),
            Scales = move(Scales, sizeof(float)),
            Zeros = move(Zeros, sizeof(sbyte)),
        };

    /// <param name="zeroAt">Within [-128, 127] for int8, [0, 255] for uint8.</param>
    public static ElementOrigin Of(Constant integers, Func<int, float> scaleAt, Func<int, int> zeroAt)
    {
        var (offset, count, values) = (integers.Offset, integers.Count, integers.Integers());
        var (steps, scales, zeros) = (new byte[count], new float[count], new byte[count]);
        for (var i = 0; i < count; i++)
            (steps[i], scales[i], zeros[i]) = (unchecked((byte)(values[i] - offset)), scaleAt(i), unchecked((byte)(zeroAt(i) - offset)));
        return new(steps, MemoryMarshal.AsBytes(scales.AsSpan()).ToArray(), zeros, integers.Bits);
    }

    /// <summary>The form of weights [channels][taps].</summary>
    public CompactForm? Form(int channels) =>
        CompactForm.OfElements(
            MemoryMarshal.Cast<byte, sbyte>(Steps.Span),
            MemoryMarshal.Cast<byte, float>(Scales.Span),
            MemoryMarshal.Cast<byte, sbyte>(Zeros.Span),
            channels,
            Bits == 4
        );
}
