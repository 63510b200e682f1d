using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Attention of one batch: products of queries and keys, their softmax, and its product with the values.</summary>
internal static class AttentionRows
{
    /// <summary>Added to what a query must not see: a softmax makes nothing of it.</summary>
    private const float Hidden = -1e30f;

    public static void Attention(NodeImport node)
    {
        if (node.OutputCount > 1 && Enumerable.Range(1, node.OutputCount - 1).Any(o => node.ForOutput(o).IsNamed))
            throw node.Unsupported("output", "present keys, values or products in use", "Only the first output is supported.");
        if (Enumerable.Range(4, 3).Any(node.Has))
            throw node.Unsupported(
                "past_key, past_value, nonpad_kv_seqlen",
                "given",
                "Join past keys and values by Concat before the node."
            );
        var (query, key, value) = (Heads(node, 0, "q_num_heads"), Heads(node, 1, "kv_num_heads"), Heads(node, 2, "kv_num_heads"));
        var (heads, width) = (query.Dims[1], query.Dims[3]);
        (key, value) = (Shared(node.Step("keys"), key, heads), Shared(node.Step("values"), value, heads));
        var products = ProductRows.MatMul(node.Step("products"), query, key with { Axes = key.Axes.Permuted([0, 1, 3, 2]) }, null);
        var scale = node.Float("scale", 0) is not 0 and var given ? given : 1 / MathF.Sqrt(width);
        products = LookupRows.Emit(node.Step("scaled"), new UnaryFunction.Scale(scale), products);
        if (node.Float("softcap", 0) is > 0 and var cap)
        {
            var parts = LookupRows.Emit(node.Step("parts"), new UnaryFunction.Fraction(cap), products);
            var bounded = LookupRows.Emit(node.Step("bounded"), new UnaryFunction.Tanh(), parts);
            products = LookupRows.Emit(node.Step("capped"), new UnaryFunction.Scale(cap), bounded);
        }

        products = node.Layout.AsChannels(Masked(node, products), 3);
        var shares = node.Step("shares").Emit(new Softmax(), products.Axes, products.Type, products);
        var isJoined = node.Activation(0).Axes.Rank == 3;
        var result = ProductRows.MatMul(node, shares, value, null);
        node.Return(
            isJoined
                ? ViewRows.View(
                    node,
                    result with
                    {
                        Axes = result.Axes.Permuted([0, 2, 1, 3]),
                    },
                    [1, result.Dims[2], heads * result.Dims[3]]
                )
                : result
        );
    }

    /// <summary>[1, heads, length, width], of which a tensor of three dimensions has heads and width in one.</summary>
    private static Activation Heads(NodeImport node, int operand, string attribute)
    {
        var given = node.Activation(operand);
        if (given.Axes.Rank is not (3 or 4) || given.Dims[0] != 1)
            throw node.BadDims(given, "[1, length, heads x width] or [1, heads, length, width] is needed.");
        if (given.Axes.Rank == 4)
            return given;
        var heads = node.Int(attribute, 0);
        if (heads < 1 || given.Dims[2] % heads != 0)
            throw node.Unsupported(attribute, heads, $"It must divide the {given.Dims[2]} features.");
        var parted = ViewRows.View(node, given, [1, given.Dims[1], heads, given.Dims[2] / heads]);
        return parted with { Axes = parted.Axes.Permuted([0, 2, 1, 3]) };
    }

    /// <summary>Each head of keys or values for as many heads of queries as share it.</summary>
    private static Activation Shared(NodeImport node, Activation value, int heads)
    {
        if (heads % value.Dims[1] != 0)
            throw node.BadDims(value, $"its heads must divide the {heads} of the queries.");
        var each = heads / value.Dims[1];
        return each == 1 ? value : SelectRows.Select(node, value, new() { [1] = [.. Enumerable.Range(0, heads).Select(h => h / each)] });
    }

    private static Activation Masked(NodeImport node, Activation products)
    {
        if (node.Int("is_causal", 0) != 0)
        {
            var (rows, columns) = (products.Dims[2], products.Dims[3]);
            float[] mask = [.. Enumerable.Range(0, rows * columns).Select(i => i % columns > i / columns ? Hidden : 0)];
            products = OperandRows.WithConstant(
                node.Step("causal"),
                ElementFunction.Add,
                products,
                new($"{node.OutputName}_mask", [rows, columns], OnnxType.Float, MemoryMarshal.AsBytes(mask.AsSpan()).ToArray(), [], [], 0),
                first: false
            );
        }

        return !node.Has(3) ? products
            : node.IsConstant(3) ? OperandRows.WithConstant(node.Step("masked"), ElementFunction.Add, products, Mask(node), first: false)
            : OperandRows.Of(node.Step("masked"), ElementFunction.Add, products, node.Activation(3), null);
    }

    /// <summary>Numbers that are added; what is infinite, or false, hides.</summary>
    private static Constant Mask(NodeImport node)
    {
        var given = node.Constant(3, "mask");
        float[] numbers =
            given.Type == OnnxType.Bool
                ? [.. given.Data.ToArray().Select(b => b == 0 ? Hidden : 0)]
                : [.. given.Numbers().Select(v => MathF.Max(v, Hidden))];
        return given with { Type = OnnxType.Float, Data = MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray(), Scales = [], ZeroPoints = [] };
    }
}
