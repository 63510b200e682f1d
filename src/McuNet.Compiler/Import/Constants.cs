using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>Reads constants as numbers, rearranges them, and turns them into operands of the network.</summary>
internal static class Constants
{
    private const int MostDimensions = 8;

    public static Constant Of(OnnxTensor tensor)
    {
        if (tensor.External is { } external)
            throw ImportFailure.Of(
                DiagnosticCatalog.ExternalData,
                tensor.Name,
                external.Location,
                "its content was not given",
                "Name the model by its file."
            );
        if (tensor.Dims.Length > MostDimensions)
            throw ImportFailure.Of(
                DiagnosticCatalog.DimensionsNotSupported,
                tensor.Name,
                "constant",
                string.Join(", ", tensor.Dims),
                $"at most {MostDimensions} dimensions are supported."
            );
        if (tensor.Type == OnnxType.Float16)
            return Of(tensor with { Type = OnnxType.Float, Data = Widened<Half>(tensor.Data.Span, h => (float)h) }) with
            {
                IsFloat16 = true,
            };
        if (tensor.Type == OnnxType.BFloat16)
            return Of(
                tensor with
                {
                    Type = OnnxType.Float,
                    Data = Widened<ushort>(tensor.Data.Span, h => BitConverter.Int32BitsToSingle(h << 16)),
                }
            );
        if (tensor.Type is OnnxType.Int4 or OnnxType.UInt4)
            return Of(
                tensor with
                {
                    Type = tensor.Type == OnnxType.Int4 ? OnnxType.Int8 : OnnxType.UInt8,
                    Data = Nibbles.Unpacked(tensor),
                }
            ) with
            {
                Bits = 4,
            };
        if (tensor.Type.Size() == 0)
            throw ImportFailure.Of(DiagnosticCatalog.ElementTypeNotSupported, tensor.Name, tensor.Type, "numbers of whole bytes");
        return new(tensor.Name, tensor.Dims.Select(d => (int)d).ToImmutableArray(), tensor.Type, tensor.Data, [], [], 0);
    }

    private static byte[] Widened<T>(ReadOnlySpan<byte> halves, Func<T, float> widen)
        where T : unmanaged
    {
        float[] numbers = [.. MemoryMarshal.Cast<byte, T>(halves).ToArray().Select(widen)];
        return MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();
    }

    public static ImmutableArray<int> Integers(this Constant constant)
    {
        var span = constant.Data.Span;
        return constant.Type switch
        {
            OnnxType.Int64 =>
            [
                .. MemoryMarshal.Cast<byte, long>(span).ToArray().Select(v => (int)Math.Clamp(v, int.MinValue, int.MaxValue)),
            ],
            OnnxType.Int32 => [.. MemoryMarshal.Cast<byte, int>(span)],
            OnnxType.Int16 => [.. MemoryMarshal.Cast<byte, short>(span).ToArray().Select(v => (int)v)],
            OnnxType.UInt16 => [.. MemoryMarshal.Cast<byte, ushort>(span).ToArray().Select(v => (int)v)],
            OnnxType.Int8 => [.. span.ToArray().Select(b => (int)(sbyte)b)],
            OnnxType.UInt8 => [.. span.ToArray().Select(b => (int)b)],
            _ => throw BadType(constant, "int8, uint8, int16, uint16, int32 and int64"),
        };
    }

    public static ImmutableArray<float> Reals(this Constant constant) =>
        constant.Type == OnnxType.Float ? [.. MemoryMarshal.Cast<byte, float>(constant.Data.Span)] : throw BadType(constant, "float32");

    /// <summary>The real numbers that it is, or that its integers stand for.</summary>
    public static ImmutableArray<float> Numbers(this Constant constant) => constant.Dequantized().Reals();

    /// <summary>The float32 that every element is or stands for, under the same dimensions.</summary>
    public static Constant Dequantized(this Constant constant)
    {
        if (!constant.IsQuantized)
            return constant.Type == OnnxType.Float ? constant
                : WholeNumbers.KindOf(constant) != ValueKind.Real ? Realised(constant)
                : throw BadType(constant, "float32, whole numbers, and integers through DequantizeLinear");
        var inner = (int)Limits.Product([.. constant.Shape.Skip(constant.Axis + 1)]);
        return constant.Scaled(Scale, Zero);

        float Scale(int i) => constant.Scales[i / inner % constant.Scales.Length];

        int Zero(int i) => constant.ZeroPoints[constant.ZeroPoints.Length == 1 ? 0 : i / inner % constant.Scales.Length];
    }

    /// <summary>The float32 that integers stand for, which keep what they were computed from.</summary>
    public static Constant Scaled(this Constant integers, Func<int, float> scaleAt, Func<int, int> zeroAt)
    {
        float[] reals = [.. integers.Integers().Select((q, i) => (q - zeroAt(i)) * scaleAt(i))];
        return new(integers.Name, integers.Shape, OnnxType.Float, MemoryMarshal.AsBytes(reals.AsSpan()).ToArray(), [], [], 0)
        {
            Origin = integers.Type is OnnxType.Int8 or OnnxType.UInt8 ? ElementOrigin.Of(integers, scaleAt, zeroAt) : null,
        };
    }

    /// <summary>Whole numbers and truth values as float32.</summary>
    private static Constant Realised(Constant constant)
    {
        float[] numbers =
            constant.Type == OnnxType.Bool ? [.. constant.Truths().Select(t => t ? 1f : 0f)]
            : constant.Type == OnnxType.Int64 ? [.. MemoryMarshal.Cast<byte, long>(constant.Data.Span).ToArray().Select(v => (float)v)]
            : [.. constant.Integers().Select(v => (float)v)];
        return constant with { Type = OnnxType.Float, Data = MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray() };
    }

    public static ImmutableArray<bool> Truths(this Constant constant) =>
        constant.Type == OnnxType.Bool ? [.. constant.Data.ToArray().Select(b => b != 0)] : throw BadType(constant, "bool");

    /// <summary>The one number that is needed, which may be infinite but not NaN.</summary>
    public static float Real(this Constant constant) =>
        One(constant, constant.Reals()) is var number && float.IsNaN(number)
            ? throw ImportFailure.Of(DiagnosticCatalog.QuantizationInvalid, constant.Name, "value", number, "it must be a number.")
            : number;

    /// <summary>The one integer that is needed.</summary>
    public static int Integer(this Constant constant) => One(constant, constant.Integers());

    private static T One<T>(Constant constant, ImmutableArray<T> values) =>
        values is [var value]
            ? value
            : throw ImportFailure.Of(
                DiagnosticCatalog.DimensionsNotSupported,
                constant.Name,
                "constant",
                string.Join(", ", constant.Shape),
                "one number is needed here."
            );

    /// <summary>Every number times a positive factor: of integers their scales are.</summary>
    public static Constant Times(this Constant constant, float factor) =>
        constant.IsQuantized
            ? constant with
            {
                Scales = [.. constant.Scales.Select(s => s * factor)],
            }
            : constant with
            {
                Data = MemoryMarshal.AsBytes(constant.Reals().Select(v => v * factor).ToArray().AsSpan()).ToArray(),
                Origin = null,
                IsFloat16 = false,
            };

    /// <summary>The constant with dimension i taken from dimension permutation[i].</summary>
    public static Constant Permuted(this Constant constant, ImmutableArray<int> permutation)
    {
        var dims = permutation.Select(p => constant.Shape[p]).ToImmutableArray();
        return constant with
        {
            Shape = dims,
            Data = Permuted(constant.Data, constant.Type.Size(), constant.Shape, permutation),
            Axis = Math.Max(0, permutation.IndexOf(constant.Axis)),
            Origin = constant.Origin?.Moved((data, size) => Permuted(data, size, constant.Shape, permutation)),
        };
    }

    /// <param name="size">Of an element in bytes.</param>
    private static byte[] Permuted(ReadOnlyMemory<byte> elements, int size, ImmutableArray<int> shape, ImmutableArray<int> permutation)
    {
        var dims = permutation.Select(p => shape[p]).ToImmutableArray();
        var strides = new int[dims.Length];
        for (var i = 0; i < strides.Length; i++)
            strides[i] = shape.Skip(permutation[i] + 1).Aggregate(size, (a, b) => a * b);
        var data = new byte[elements.Length];
        var index = new int[dims.Length];
        var source = elements.Span;
        var from = 0;
        for (var to = 0; to < data.Length; to += size)
        {
            source.Slice(from, size).CopyTo(data.AsSpan(to));
            for (var d = dims.Length - 1; d >= 0; d--)
            {
                from += strides[d];
                if (++index[d] < dims[d])
                    break;
                from -= strides[d] * dims[d];
                index[d] = 0;
            }
        }

        return data;
    }

    /// <summary>
    /// The same elements under other dimensions. Scales per channel follow the data: the axis becomes the one over whose indices the same
    /// elements share a scale, each scale as often as that takes.
    /// </summary>
    public static Constant Reshaped(this Constant constant, ImmutableArray<int> dims)
    {
        if (constant.Scales.Length <= 1)
            return constant with { Shape = dims, Axis = 0 };
        var inner = Limits.Product([.. constant.Shape.Skip(constant.Axis + 1)]);
        var period = inner * constant.Shape[constant.Axis];
        for (var axis = 0; axis < dims.Length; axis++)
        {
            var within = Limits.Product([.. dims.Skip(axis + 1)]);
            if (within == 0 || inner % within != 0 || within * dims[axis] % period != 0)
                continue;
            ImmutableArray<int> sources =
            [
                .. Enumerable.Range(0, dims[axis]).Select(i => (int)(i * within / inner % constant.Scales.Length)),
            ];
            return constant with
            {
                Shape = dims,
                Axis = axis,
                Scales = [.. sources.Select(s => constant.Scales[s])],
                ZeroPoints = constant.ZeroPoints.Length == 1 ? constant.ZeroPoints : [.. sources.Select(s => constant.ZeroPoints[s])],
            };
        }

        throw ImportFailure.Of(
            DiagnosticCatalog.QuantizationAxisNotSupported,
            constant.Name,
            constant.Axis,
            constant.Scales.Length,
            $"under the dimensions [{string.Join(", ", dims)}] no one axis has these scales."
        );
    }

    /// <summary>
    /// Weights as an operand. Unsigned ones become signed: 128 less, zero point included.
    /// </summary>
    /// <param name="channelAxis">The dimension of output channels, along which scales may differ.</param>
    public static ConstantTensor ToWeights(this Constant constant, int channelAxis)
    {
        if (constant.Type is OnnxType.Int16 or OnnxType.UInt16 && constant.IsQuantized)
            constant = constant.Dequantized();
        if (constant.Type == OnnxType.Float)
        {
            return new(constant.Shape, ElementType.Float32, ImmutableCollectionsMarshal.AsImmutableArray(constant.Data.ToArray()), [1], [0])
            {
                Form =
                    constant.IsFloat16 ? CompactForm.Float16
                    : channelAxis == 0 ? constant.Origin?.Form(constant.Shape[0])
                    : null,
            };
        }

        if (constant.Type is not (OnnxType.Int8 or OnnxType.UInt8) || !constant.IsQuantized)
            throw BadType(constant, "float32, and int8 or uint8 through DequantizeLinear");
        if (constant.Scales.Length > 1 && (constant.Axis != channelAxis || constant.Scales.Length != constant.Shape[channelAxis]))
            throw ImportFailure.Of(
                DiagnosticCatalog.QuantizationAxisNotSupported,
                constant.Name,
                constant.Axis,
                constant.Scales.Length,
                $"output channels are dimension {channelAxis}."
            );
        var offset = constant.Offset;
        var data = constant.Data.ToArray();
        for (var i = 0; i < data.Length; i++)
            data[i] = unchecked((byte)(data[i] - offset));

        var zeros = constant.ZeroPoints.Distinct().Count() == 1 ? constant.ZeroPoints[..1] : constant.ZeroPoints;
        return new(
            constant.Shape,
            ElementType.Int8,
            ImmutableCollectionsMarshal.AsImmutableArray(data),
            constant.Scales,
            [.. zeros.Select(z => z - offset)]
        )
        {
            Bits = constant.Bits,
        };
    }

    /// <summary>
    /// A bias of <paramref name="channels"/> values: float32, int32 with its scales, or other quantised integers, which become the float32
    /// that they stand for.
    /// </summary>
    public static ConstantTensor ToBias(this Constant constant, int channels)
    {
        if (
            constant.IsQuantized
            && (
                constant.Type is OnnxType.Int8 or OnnxType.UInt8 or OnnxType.Int16 or OnnxType.UInt16
                || (constant.Type == OnnxType.Int32 && constant.ZeroPoints.Any(z => z != 0))
            )
        )
            constant = new(
                constant.Name,
                constant.Shape,
                OnnxType.Float,
                MemoryMarshal.AsBytes(constant.Numbers().AsSpan()).ToArray(),
                [],
                [],
                0
            );
        if (constant.Count != channels && constant.Count != 1)
            throw ImportFailure.Of(
                DiagnosticCatalog.DimensionsNotSupported,
                constant.Name,
                "bias",
                string.Join(", ", constant.Shape),
                $"the layer has {channels} output channels."
            );
        var element = constant.Type switch
        {
            OnnxType.Float => ElementType.Float32,
            OnnxType.Int32 => ElementType.Int32,
            _ => throw BadType(constant, "float32 and int32 for a bias"),
        };
        if (constant.Scales.Length > 1 && constant.Scales.Length != channels)
            throw ImportFailure.Of(
                DiagnosticCatalog.QuantizationAxisNotSupported,
                constant.Name,
                constant.Axis,
                constant.Scales.Length,
                $"the layer has {channels} output channels."
            );
        var data = new byte[channels * 4];
        for (var i = 0; i < channels; i++)
            constant.Data.Span.Slice(constant.Count == 1 ? 0 : i * 4, 4).CopyTo(data.AsSpan(i * 4));
        if (
            element == ElementType.Float32
            && MemoryMarshal.Cast<byte, float>(data.AsSpan()).ToArray().FirstOrDefault(v => !float.IsFinite(v)) is var bad and not 0
        )
            throw ImportFailure.Of(DiagnosticCatalog.QuantizationInvalid, constant.Name, "bias", bad, "a bias must be finite.");
        return new(
            [channels],
            element,
            ImmutableCollectionsMarshal.AsImmutableArray(data),
            constant.IsQuantized ? constant.Scales : [1],
            [0]
        );
    }

    /// <summary>The same constant read as quantised, by the operands of DequantizeLinear or a QLinear operator.</summary>
    public static Constant Quantized(this Constant constant, Constant scale, Constant? zeroPoint, int axis)
    {
        var scales = scale.Reals().Any(s => s == 0) ? Positive(scale) : Scales(scale);
        var zeros = zeroPoint?.Integers() ?? [0];
        if (scales.IsEmpty || (scales.Length > 1 && (axis >= constant.Shape.Length || constant.Shape[axis] != scales.Length)))
            throw ImportFailure.Of(
                DiagnosticCatalog.QuantizationInvalid,
                constant.Name,
                "number of scales",
                scales.Length,
                $"along axis {axis} of [{string.Join(", ", constant.Shape)}] there must be one, or one per index."
            );
        if (zeros.Length != 1 && zeros.Length != scales.Length)
            throw ImportFailure.Of(
                DiagnosticCatalog.QuantizationInvalid,
                constant.Name,
                "number of zero points",
                zeros.Length,
                $"there are {scales.Length} scales."
            );
        var quantized = constant with { Scales = scales, ZeroPoints = zeros, Axis = axis };
        return scales.SequenceEqual(scale.Reals()) ? quantized : quantized with { Data = Cleared(quantized, scale.Reals()) };
    }

    /// <summary>The scales, each 0 of a pruned channel replaced by the smallest of the others.</summary>
    private static ImmutableArray<float> Positive(Constant scale)
    {
        float[] others = [.. scale.Reals().Where(s => s > 0)];
        var stand = others.Length > 0 ? others.Min() : 1;
        return Scales(
            scale with
            {
                Data = MemoryMarshal.AsBytes(scale.Reals().Select(s => s == 0 ? stand : s).ToArray().AsSpan()).ToArray(),
            }
        );
    }

    /// <summary>The elements with those under a scale of 0, which stand for zero whatever they are, set to the zero point.</summary>
    private static byte[] Cleared(Constant constant, ImmutableArray<float> scales)
    {
        var (data, size) = (constant.Data.ToArray(), constant.Type.Size());
        var inner = (int)Limits.Product([.. constant.Shape.Skip(constant.Axis + 1)]);
        for (var i = 0; i < constant.Count; i++)
        {
            var channel = scales.Length == 1 ? 0 : i / inner % scales.Length;
            if (scales[channel] == 0)
                BitConverter
                    .GetBytes(constant.ZeroPoints[constant.ZeroPoints.Length == 1 ? 0 : channel])
                    .AsSpan(0, size)
                    .CopyTo(data.AsSpan(i * size));
        }

        return data;
    }

    public static ImmutableArray<float> Scales(Constant scale)
    {
        var scales = scale.Reals();
        foreach (var value in scales)
        {
            if (!(value > 0) || !float.IsFinite(value))
                throw ImportFailure.Of(
                    DiagnosticCatalog.QuantizationInvalid,
                    scale.Name,
                    "scale",
                    value,
                    "a scale must be positive and finite."
                );
        }

        return scales;
    }

    public static ImportFailure BadType(Constant constant, string supported) =>
        ImportFailure.Of(DiagnosticCatalog.ElementTypeNotSupported, constant.Name, constant.Type, supported);
}
