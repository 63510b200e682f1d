using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Add and the activations.</summary>
internal static class ElementwiseRows
{
    /// <summary>Of integers the larger of the integer and 0, which is no real 0 where the zero point is another.</summary>
    public static void Relu(NodeImport node)
    {
        var type = node.Padded(0).Type;
        if (type.Element == ElementType.UInt8)
            throw ImportFailure.Of(DiagnosticCatalog.ElementTypeNotSupported, node.Name, type.Element, "float32 and int8 for Relu");
        Limit(node, new Clamp(Stored(type, 0), float.PositiveInfinity));
    }

    public static void Clip(NodeImport node)
    {
        var type = node.Padded(0).Type;
        if (!type.IsQuantized && Enumerable.Range(1, 2).Any(i => node.Has(i) && !node.IsConstant(i)))
        {
            node.Return(Within(node));
            return;
        }

        var min = Bound(node, type, 1, "min", float.NegativeInfinity);
        var max = Bound(node, type, 2, "max", float.PositiveInfinity);
        if (float.IsPositiveInfinity(min) || float.IsNegativeInfinity(max))
            throw node.Unsupported("min, max", $"{min}, {max}", "The limits leave no finite number.");
        Limit(node, new Clamp(Math.Min(min, max), max));
    }

    /// <summary>Within limits of which the network computes one at least; where the lower one is above the upper, the upper one
    /// counts.</summary>
    private static Activation Within(NodeImport node)
    {
        var value = node.Activation(0);
        if (node.Has(1))
            value = One(node.Has(2) ? node.Step("least") : node, 1, ElementFunction.Max, n => new(n, float.PositiveInfinity));
        return node.Has(2) ? One(node, 2, ElementFunction.Min, n => new(float.NegativeInfinity, n)) : value;

        Activation One(NodeImport place, int operand, ElementFunction function, Func<float, Clamp> clamp) =>
            node.IsConstant(operand)
                ? place.Emit(
                    new Clip { Clamp = clamp(node.Constant(operand, "limit").Dequantized().Real()) },
                    value.Axes,
                    value.Type,
                    value
                )
                : OperandRows.Of(place, function, value, node.Activation(operand), null);
    }

    public static void Add(NodeImport node) => node.Return(Added(node, node.Activation(0), node.Activation(1)));

    /// <summary>Of two tensors of one shape by an operator of its own.</summary>
    public static Activation Added(NodeImport node, Activation first, Activation second)
    {
        var (a, b) = node.Alike(first, second);
        return a.Type.Shape == b.Type.Shape && a.Axes == b.Axes
            ? node.Emit(new Add(), a.Axes, a.Type, a, b)
            : OperandRows.Of(node, ElementFunction.Add, a, b, null);
    }

    /// <summary>A limit as a real number; of integers it is an integer too. Where the lower one is above the upper, the upper one
    /// counts.</summary>
    private static float Bound(NodeImport node, TensorType type, int operand, string attribute, float otherwise)
    {
        if (!node.Has(operand))
            return node.Attribute(attribute) is null ? otherwise : node.Float(attribute, otherwise);
        var constant = node.Constant(operand, attribute);
        return type.IsQuantized ? Stored(type, constant.Integer()) : constant.Dequantized().Real();
    }

    /// <summary>The real number that an integer of a tensor stands for; of real numbers itself.</summary>
    private static float Stored(TensorType type, int value) => type.Quantization?.Real(value) ?? value;

    /// <summary>An operand within limits.</summary>
    public static void Limit(NodeImport node, Clamp clamp, int operand = 0)
    {
        var input = node.Padded(operand);
        if (!input.Padding.IsNone && !(clamp.Min <= 0 && clamp.Max >= 0))
            input = node.Activation(operand);
        node.Return(node.Emit(new Clip { Clamp = clamp }, input.Axes, input.Type, input) with { Padding = input.Padding });
    }
}
