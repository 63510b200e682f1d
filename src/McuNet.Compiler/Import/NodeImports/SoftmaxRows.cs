using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Softmax and its logarithm, over the channels.</summary>
internal static class SoftmaxRows
{
    public static void Softmax(NodeImport node) => node.Return(Over(node, new Softmax(), null));

    public static void LogSoftmax(NodeImport node) => node.Return(Over(node, new LogSoftmax(), null));

    public static Activation Over(NodeImport node, Operator op, QuantizationParameters? output)
    {
        var value = node.Activation(0);
        var rank = value.Axes.Rank;
        var opset = node.Int("opset", (int)Math.Min(node.Opset, int.MaxValue));
        var axis = node.Axis(node.Int("axis", opset is > 0 and < 13 ? 1 : -1), rank);
        if (opset is > 0 and < 13 && value.Axes.Terms.Skip(axis + 1).Any(t => t.Length > 0))
            throw node.Unsupported("axis", axis, $"In opset {opset} it flattens all dimensions after it; export with opset 13 or later.");
        if (value.Axes.Terms[axis] != "C" || value.Type.Shape.Channels == 1)
            value = node.Layout.AsChannels(value, axis);
        var type = output is null ? value.Type : value.Type with { Quantization = output };
        return node.Emit(op, value.Axes, type, value);
    }
}
