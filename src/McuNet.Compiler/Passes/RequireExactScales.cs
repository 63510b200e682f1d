using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;
using static System.FormattableString;

namespace McuNet.Compiler.Passes;

/// <summary>
/// Reports scales with which float32 arithmetic is not what it stands for: activations outside of 2^-60 to 2^60, and layers whose combined
/// scale overflows, or loses bits below the normal range where that could be seen in a result.
/// </summary>
internal static class RequireExactScales
{
    private const float Least = 1f / (1L << 60);
    private const float Most = 1L << 60;

    /// <summary>The smallest float32 with all its bits.</summary>
    private const float Normal = 1.17549435e-38f;

    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        foreach (var tensor in graph.Tensors)
        {
            if (tensor.Type.Quantization is { Scale: var scale } && scale is < Least or > Most)
                context.Report(
                    DiagnosticCatalog.QuantizationInvalid,
                    tensor.Name,
                    "scale",
                    scale,
                    "scales of activations must lie between 2^-60 and 2^60."
                );
        }

        if (context.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
            return graph;
        foreach (var node in graph.Nodes)
            Check(node, graph.TypesOf(node), context);
        return graph;
    }

    private static void Check(Node node, NodeTypes types, PassContext context)
    {
        if (!types.Output.IsQuantized || !types.Inputs.All(t => t.IsQuantized))
            return;
        if (node.Operator is ILinear linear)
        {
            var layer = new Lazy<LinearLayer>(() => linear.Layer(types));
            for (var c = 0; c < types.Output.Shape.Channels; c++)
                CheckChannel(node, types, linear.Weights.ScaleOf(c), layer, c, context);
        }
        else if (
            node.Operator is Mul or MatMul
            && !float.IsFinite(Arithmetic.CombinedScale(types.Inputs[0].Scale, types.Inputs[1].Scale, types.Output.Scale))
        )
        {
            Report(node, types.Inputs[0].Scale, types.Inputs[1].Scale, types.Output.Scale, "the operands", context);
        }
        else if (node.Operator is Softmax && types.Output.Scale is < 1f / (1 << 24) or > 1)
        {
            context.Report(
                DiagnosticCatalog.QuantizationInvalid,
                node.Name,
                "output scale",
                types.Output.Scale,
                "probabilities need a scale between 2^-24 and 1, 1/256 as a rule."
            );
        }
    }

    private static void CheckChannel(Node node, NodeTypes types, float weight, Lazy<LinearLayer> layer, int channel, PassContext context)
    {
        var (product, combined) = (types.Input.Scale * weight, Arithmetic.CombinedScale(types.Input.Scale, weight, types.Output.Scale));
        if (float.IsFinite(combined) && product >= Normal)
            return;
        var largest = AccumulatorBounds.Largest(layer.Value, channel) * ((double)types.Input.Scale * weight / types.Output.Scale);
        if (float.IsFinite(combined) && largest < 0.25)
            return;
        Report(node, types.Input.Scale, weight, types.Output.Scale, $"the weights of channel {channel}", context);
    }

    private static void Report(Node node, float first, float second, float output, string what, PassContext context) =>
        context.Report(
            DiagnosticCatalog.QuantizationInvalid,
            node.Name,
            "scales",
            Invariant($"{first} x {second} / {output} for {what}"),
            "float32 does not hold that number."
        );
}
