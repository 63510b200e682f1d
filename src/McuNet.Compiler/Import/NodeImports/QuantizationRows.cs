using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>The border between real and quantised values. Padding of real zeros passes through both ways.</summary>
internal static class QuantizationRows
{
    public static void QuantizeLinear(NodeImport node)
    {
        if (node.Value(0) is Constant constant)
        {
            node.Return(Quantized(node, constant.Dequantized()));
            return;
        }

        var input = node.Padded(0);
        if (input.Type.IsQuantized)
            throw node.Unsupported("input", input.Type.Element, "QuantizeLinear takes float32.");
        RequirePlain(node);
        var zeroPoint = node.Has(2) ? node.Constant(2, "zero point") : null;
        var element = Element(node, zeroPoint);
        var type = new TensorType(
            input.Type.Shape,
            element,
            QuantizationOperands.Of(node.Constant(1, "scale"), zeroPoint, IsUnsignedSixteen(node, zeroPoint))
        );
        node.Return(node.Emit(new Quantize(), input.Axes, type, input) with { Padding = input.Padding });
    }

    public static void DequantizeLinear(NodeImport node)
    {
        if (node.Int("block_size", 0) is > 0 and var block && node.Value(0) is Constant blocks)
        {
            node.Return(OfBlocks(node, blocks, block));
            return;
        }

        RequirePlain(node);
        if (node.Int("output_dtype", 0) is var result && result is not (0 or (int)OnnxType.Float))
            throw node.Unsupported("output_dtype", (OnnxType)result, "Only float32 is supported.");
        var (scale, zeroPoint) = (node.Constant(1, "scale"), node.Has(2) ? node.Constant(2, "zero point") : null);
        if (node.Value(0) is Constant constant)
        {
            if (zeroPoint is not null && zeroPoint.Type != constant.Type)
                throw ImportFailure.Of(
                    DiagnosticCatalog.ElementTypeNotSupported,
                    zeroPoint.Name,
                    zeroPoint.Type,
                    $"{constant.Type}, the type of '{constant.Name}', for its zero point"
                );
            var axis = constant.Shape.Length == 0 || scale.Count == 1 ? 0 : node.Axis(node.Int("axis", 1), constant.Shape.Length);
            node.Return(constant.Quantized(scale, zeroPoint, axis));
            return;
        }

        var input = node.Padded(0);
        RequireSame(node, input, QuantizationOperands.Of(scale, zeroPoint, IsUnsignedSixteen(zeroPoint)), zeroPoint);
        node.Return(
            node.Emit(new Dequantize(), input.Axes, new(input.Type.Shape, ElementType.Float32), input) with
            {
                Padding = input.Padding,
            }
        );
    }

    /// <summary>The real numbers of a constant whose scales and zero points are those of runs along an axis.</summary>
    private static Constant OfBlocks(NodeImport node, Constant constant, int block)
    {
        var (scale, zeroPoint) = (node.Constant(1, "scale"), node.Has(2) ? node.Constant(2, "zero point") : null);
        var axis = node.Axis(node.Int("axis", 1), constant.Shape.Length);
        var wanted = constant.Shape.SetItem(axis, (constant.Shape[axis] + block - 1) / block);
        if (!scale.Shape.SequenceEqual(wanted) || (zeroPoint is not null && !zeroPoint.Shape.SequenceEqual(wanted)))
            throw node.BadDims(
                scale,
                $"blocks of {block} along axis {axis} of [{string.Join(", ", constant.Shape)}] need [{string.Join(", ", wanted)}]."
            );
        return OfBlocks(constant, axis, block, Constants.Scales(scale), zeroPoint?.Integers());
    }

    /// <param name="zeros">By block as the scales are, or none.</param>
    public static Constant OfBlocks(Constant constant, int axis, int block, ImmutableArray<float> scales, ImmutableArray<int>? zeros)
    {
        var inner = (int)Limits.Product([.. constant.Shape.Skip(axis + 1)]);
        var size = constant.Shape[axis];
        var blocks = (size + block - 1) / block;
        return constant.Scaled(i => scales[At(i)], i => zeros?[At(i)] ?? 0);

        int At(int i) => (i / inner / size * blocks + i / inner % size / block) * inner + i % inner;
    }

    /// <summary>The integers that stand for a constant, plain ones, which DequantizeLinear reads: round_half_even(x / scale) + zero point,
    /// saturated.</summary>
    private static Constant Quantized(NodeImport node, Constant constant)
    {
        RequirePlain(node);
        var (scale, zeroPoint) = (node.Constant(1, "scale"), node.Has(2) ? node.Constant(2, "zero point") : null);
        var axis = constant.Shape.Length == 0 || scale.Count == 1 ? 0 : node.Axis(node.Int("axis", 1), constant.Shape.Length);
        var (element, type) = (Element(node, zeroPoint), StoredType(node, zeroPoint));
        if (type == OnnxType.UInt16)
            throw ImportFailure.Of(DiagnosticCatalog.ElementTypeNotSupported, node.OutputName, type, "int8, uint8 and int16 of a constant");
        var steps = constant.Quantized(scale, zeroPoint, axis);
        var inner = (int)Limits.Product([.. constant.Shape.Skip(axis + 1)]);
        var data = constant
            .Reals()
            .Select(
                (value, i) =>
                {
                    var channel = i / inner % steps.Scales.Length;
                    return Arithmetic.Quantize(
                        value / steps.Scales[channel],
                        steps.ZeroPoints[steps.ZeroPoints.Length == 1 ? 0 : channel],
                        element.Range()
                    );
                }
            );
        return constant with
        {
            Type = type,
            Data =
                element == ElementType.Int16
                    ? data.SelectMany(v => BitConverter.GetBytes((short)v)).ToArray()
                    : data.Select(v => unchecked((byte)v)).ToArray(),
        };
    }

    private static void RequirePlain(NodeImport node)
    {
        if (node.Int("block_size", 0) is var block && block != 0)
            throw node.Unsupported("block_size", block, "Quantise per tensor or per output channel.");
        if (node.Int("precision", 0) is var precision && precision is not (0 or (int)OnnxType.Float))
            throw node.Unsupported("precision", (OnnxType)precision, "Only float32 is supported.");
    }

    /// <summary>An operand must be read with the quantisation it was written with.</summary>
    /// <param name="zeroPoint">As it is given, or null.</param>
    public static void RequireSame(NodeImport node, Activation input, QuantizationParameters expected, Constant? zeroPoint)
    {
        if (input.Type.Quantization is not { } actual)
            throw node.Unsupported("input", input.Type.Element, "It takes int8, uint8 or int16.");
        var fits = input.Type.Element switch
        {
            ElementType.UInt8 => zeroPoint?.Type is null or OnnxType.UInt8,
            ElementType.Int16 => zeroPoint?.Type is OnnxType.Int16 or OnnxType.UInt16,
            _ => zeroPoint?.Type is null or OnnxType.Int8,
        };
        if (zeroPoint is not null && !fits)
            throw ImportFailure.Of(
                DiagnosticCatalog.ElementTypeNotSupported,
                zeroPoint.Name,
                zeroPoint.Type,
                $"{input.Type.Element}, the type of '{input.Name}', for its zero point"
            );
        if (actual != expected)
            throw ImportFailure.Of(
                DiagnosticCatalog.QuantizationsDiffer,
                node.Name,
                node.Kind,
                input.Name,
                expected.Scale,
                expected.ZeroPoint,
                actual.Scale,
                actual.ZeroPoint
            );
    }

    /// <summary>Integers that are treated as one tensor must have one type.</summary>
    public static void RequireOneType(Activation first, Activation other)
    {
        if (other.Type.Element != first.Type.Element)
            throw ImportFailure.Of(
                DiagnosticCatalog.ElementTypeNotSupported,
                other.Name,
                other.Type.Element,
                $"{first.Type.Element} here, which '{first.Name}' has"
            );
    }

    /// <summary>Activations of uint16 are int16 with a zero point 32768 lower; nothing outside of the network sees them.</summary>
    private static bool IsUnsignedSixteen(Constant? zeroPoint) => zeroPoint?.Type == OnnxType.UInt16;

    private static bool IsUnsignedSixteen(NodeImport node, Constant? zeroPoint) => StoredType(node, zeroPoint) == OnnxType.UInt16;

    private static ElementType Element(NodeImport node, Constant? zeroPoint) =>
        StoredType(node, zeroPoint) switch
        {
            OnnxType.Int8 => ElementType.Int8,
            OnnxType.Int16 or OnnxType.UInt16 => ElementType.Int16,
            _ => ElementType.UInt8,
        };

    /// <summary>What the model stores the integers as.</summary>
    private static OnnxType StoredType(NodeImport node, Constant? zeroPoint) =>
        (zeroPoint?.Type ?? (OnnxType)node.Int("output_dtype", (int)OnnxType.UInt8)) switch
        {
            var type when node.Int("output_dtype", 0) is var stated && stated != 0 && stated != (int)type => throw node.Unsupported(
                "output_dtype",
                (OnnxType)stated,
                $"The zero point has type {type}."
            ),
            OnnxType.UInt8 or OnnxType.Undefined => OnnxType.UInt8,
            OnnxType.Int8 or OnnxType.Int16 or OnnxType.UInt16 => (zeroPoint?.Type ?? (OnnxType)node.Int("output_dtype", 0)),
            var other => throw ImportFailure.Of(
                DiagnosticCatalog.ElementTypeNotSupported,
                node.OutputName,
                other,
                "int8, uint8, int16 and uint16"
            ),
        };
}
