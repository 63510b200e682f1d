using System;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.TfLite.Translations;

/// <summary>Operators on each element, and softmax.</summary>
internal static class ElementRows
{
    /// <summary>An operator of one operand that ONNX has too.</summary>
    public static Action<NodeStatement> Unary(string op) => node => node.Return(node.Add(op, [node.Real(0)]));

    /// <summary>An operator of two operands that ONNX has too, with an activation perhaps.</summary>
    public static Action<NodeStatement> Binary(string op) =>
        node => node.Return(node.Activated(node.Add(op, [node.Real(0), node.Real(1)])));

    public static Action<NodeStatement> Limit(float least, float most) => node => node.Return(node.Clipped(node.Real(0), least, most));

    public static void LeakyRelu(NodeStatement node) =>
        node.Return(node.Add("LeakyRelu", [node.Real(0)], OnnxAttribute.Of("alpha", node.Number("alpha"))));

    public static void Gelu(NodeStatement node) =>
        node.Return(node.Add("Gelu", [node.Real(0)], OnnxAttribute.Of("approximate", node.Flag("approximate") ? "tanh" : "none")));

    public static void Rsqrt(NodeStatement node) => node.Return(node.Add("Reciprocal", [node.Add("Sqrt", [node.Real(0)])]));

    public static void Square(NodeStatement node) => node.Return(node.Add("Mul", [node.Real(0), node.Real(0)]));

    public static void SquaredDifference(NodeStatement node)
    {
        var difference = node.Add("Sub", [node.Real(0), node.Real(1)]);
        node.Return(node.Add("Mul", [difference, difference]));
    }

    /// <summary>Over the last dimension, of the numbers times beta.</summary>
    public static void Softmax(NodeStatement node)
    {
        var beta = node.Number("beta", 1);
        var numbers = beta == 1 ? node.Real(0) : node.Add("Mul", [node.Real(0), node.Constant(beta)]);
        node.Return(node.Add("Softmax", [numbers], OnnxAttribute.Of("axis", -1L)));
    }

    public static void LogSoftmax(NodeStatement node) => node.Return(node.Add("LogSoftmax", [node.Real(0)], OnnxAttribute.Of("axis", -1L)));

    /// <summary>The same real numbers under other quantisation.</summary>
    public static void Same(NodeStatement node) => node.Return(node.Real(0));

    public static Action<NodeStatement> Reduce(string op) =>
        node =>
            node.Return(
                node.Add(
                    op,
                    [node.Real(0), node.Constant(node.Integers(1, "axes"))],
                    OnnxAttribute.Of("keepdims", node.Flag("keep_dims") ? 1L : 0)
                )
            );

    /// <summary>The number of the first of the largest or least along an axis.</summary>
    public static Action<NodeStatement> Arg(string op) =>
        node =>
            node.ReturnIntegers(
                node.Add(
                    op,
                    [node.Real(0)],
                    OnnxAttribute.Of("axis", (long)node.Axis(node.Integer(1, "axis"), node.Tensor(0).Dims.Length)),
                    OnnxAttribute.Of("keepdims", 0L)
                )
            );
}
