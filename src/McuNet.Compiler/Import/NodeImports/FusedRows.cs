using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Operators of com.microsoft that ONNX Runtime's optimiser writes in place of several of ONNX, written down as those
/// again.</summary>
internal static class FusedRows
{
    private const float QuickGeluAlpha = 1.702f;
    private const float Epsilon = 1e-5f;
    private const float SkipEpsilon = 1e-12f;

    /// <summary>act(Conv(X, W, B) + Z).</summary>
    public static void Conv(Expansion node)
    {
        var conv = node.Add("Conv", [node.Input(0), node.Input(1), node.Input(2)], node.Attributes("activation", "activation_params"));
        var sum = node.Import.Has(3) ? node.Add("Add", [conv, node.Input(3)]) : conv;
        node.Return(Activated(node, sum, node.Import.Attribute("activation_params")?.Floats ?? []));
    }

    /// <summary>act(Gemm(A, B, C)).</summary>
    public static void Gemm(Expansion node)
    {
        string[] constants = ["activation_alpha", "activation_beta", "activation_gamma"];
        var product = node.Add("Gemm", [node.Input(0), node.Input(1), node.Input(2)], node.Attributes(["activation", .. constants]));
        node.Return(Activated(node, product, [.. constants.Select(node.Import.Attribute).OfType<OnnxAttribute>().Select(a => a.Float)]));
    }

    /// <summary>alpha times the product of matrices, each transposed where it is asked for.</summary>
    public static void MatMul(Expansion node)
    {
        if (node.Import.Int("transBatchA", 0) != 0 || node.Import.Int("transBatchB", 0) != 0)
            throw node.Import.Unsupported("transBatchA", 1, "Save the model without that fusion (ORT_ENABLE_BASIC).");
        var product = node.Add("MatMul", [Operand(0, "transA"), Operand(1, "transB")]);
        node.Return(node.Import.Float("alpha", 1) is var alpha and not 1 ? node.Add("Mul", [product, node.Constant(alpha)]) : product);

        string Operand(int index, string attribute)
        {
            if (node.Import.Int(attribute, 0) == 0 || node.Rank(index) < 2)
                return node.Input(index);
            var axes = Enumerable.Range(0, node.Rank(index)).Select(i => (long)i).ToArray();
            (axes[^1], axes[^2]) = (axes[^2], axes[^1]);
            return node.Add("Transpose", [node.Input(index)], OnnxAttribute.Of("perm", [.. axes]));
        }
    }

    public static void Gelu(Expansion node) => node.Return(node.Add("Gelu", [node.Input(0)]));

    public static void BiasGelu(Expansion node) => node.Return(node.Add("Gelu", [node.Add("Add", [node.Input(0), node.Input(1)])]));

    public static void FastGelu(Expansion node)
    {
        var sum = node.Import.Has(1) ? node.Add("Add", [node.Input(0), node.Input(1)]) : node.Input(0);
        node.Return(node.Add("Gelu", [sum], OnnxAttribute.Of("approximate", "tanh")));
    }

    public static void QuickGelu(Expansion node)
    {
        var scaled = node.Add("Mul", [node.Input(0), node.Constant(node.Import.Float("alpha", QuickGeluAlpha))]);
        node.Return(node.Add("Mul", [node.Input(0), node.Add("Sigmoid", [scaled])]));
    }

    /// <summary>LayerNormalization of the sum of input, skip and bias; the fourth result is the sum.</summary>
    public static void SkipLayer(Expansion node)
    {
        var sum = Sum(node, 4);
        node.Return(
            node.Add(
                "LayerNormalization",
                [sum, node.Input(2), node.Input(3)],
                OnnxAttribute.Of("axis", -1L),
                OnnxAttribute.Of("epsilon", node.Import.Float("epsilon", SkipEpsilon))
            )
        );
        node.Return(sum, 3);
    }

    /// <summary>x / sqrt(mean of x * x + epsilon) * scale of the sum of input, skip and bias; the fourth result is the sum.</summary>
    public static void SkipRootMeanSquare(Expansion node)
    {
        var sum = Sum(node, 3);
        node.Return(RootMeanSquare(node, sum, node.Input(2), SkipEpsilon));
        node.Return(sum, 3);
    }

    public static void RootMeanSquare(Expansion node) => node.Return(RootMeanSquare(node, node.Input(0), node.Input(1), Epsilon));

    /// <summary>Self-attention of one input: all heads from one product with joined weights, without masks and pasts.</summary>
    public static void Attention(Expansion node)
    {
        if (node.Import.Int("unidirectional", 0) != 0)
            throw node.Import.Unsupported("unidirectional", 1, "Save the model without that fusion (ORT_ENABLE_BASIC).");
        if (Enumerable.Range(3, 4).FirstOrDefault(node.Import.Has) is var operand and not 0)
            throw node.Import.Unsupported(
                $"input {operand}",
                node.Input(operand),
                "Masks and pasts are not supported; save the model without that fusion (ORT_ENABLE_BASIC)."
            );
        var heads = node.Import.Int("num_heads", 0);
        if (node.Rank(1) != 2 || heads < 1 || node.Import.Value(1).Dims[1] % (3 * heads) != 0)
            throw node.Import.BadDims(node.Import.Value(1), "the columns are those of query, key and value, each of num_heads heads.");
        var product = node.Add("MatMul", [node.Input(0), node.Input(1)]);
        var sum = node.Import.Has(2) ? node.Add("Add", [product, node.Input(2)]) : product;
        var parts = node.Add("Split", [sum], [OnnxAttribute.Of("axis", -1L), OnnxAttribute.Of("num_outputs", 3L)], 3);
        var scale = node.Import.Float("scale", 0);
        OnnxAttribute[] given = [OnnxAttribute.Of("q_num_heads", (long)heads), OnnxAttribute.Of("kv_num_heads", (long)heads)];
        node.Return(node.Add("Attention", parts, scale == 0 ? given : [.. given, OnnxAttribute.Of("scale", scale)]));
    }

    private static string Sum(Expansion node, int bias)
    {
        var sum = node.Add("Add", [node.Input(0), node.Input(1)]);
        return node.Import.Has(bias) ? node.Add("Add", [sum, node.Input(bias)]) : sum;
    }

    private static string RootMeanSquare(Expansion node, string value, string scale, float otherwise) =>
        node.Add(
            "RMSNormalization",
            [value, scale],
            OnnxAttribute.Of("axis", (long)node.Import.Int("axis", -1)),
            OnnxAttribute.Of("epsilon", node.Import.Float("epsilon", otherwise))
        );

    /// <param name="constants">Of the activation, in the order of its definition.</param>
    private static string Activated(Expansion node, string value, ImmutableArray<float> constants)
    {
        return node.Import.Text("activation", "") switch
        {
            "" => value,
            ("Relu" or "Sigmoid" or "Tanh") and var op => node.Add(op, [value]),
            "LeakyRelu" => node.Add("LeakyRelu", [value], Named("alpha")),
            "HardSigmoid" => node.Add("HardSigmoid", [value], Named("alpha", "beta")),
            "Clip" => node.Add("Clip", [value], Named("min", "max")),
            var other => throw node.Import.Unsupported(
                "activation",
                other,
                "Clip, HardSigmoid, LeakyRelu, Relu, Sigmoid and Tanh are supported."
            ),
        };

        OnnxAttribute[] Named(params string[] names) => [.. names.Zip(constants, (name, constant) => OnnxAttribute.Of(name, constant))];
    }
}
