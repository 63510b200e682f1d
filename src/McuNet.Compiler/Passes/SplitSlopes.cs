using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// LeakyRelu and PRelu of a layer's real result: the larger of the layer's result and of that with weights and bias times the slope, both
/// of them quantised as the slope's result is (the smaller, where slopes exceed one). Rounding keeps order, so that no bit is another than
/// with one rounding behind the slope.
/// </summary>
internal static class SplitSlopes
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            var channels = editor.TypeOf(node.Output).Shape.Channels;
            if (
                Slopes(node.Operator, channels) is not { } slopes
                || editor.OnlyUse(node.Inputs[0]) is null
                || Function(slopes) is not { } function
            )
                continue;
            if (
                editor.ProducerOf(node.Inputs[0]) is not { Operator: ILinear { Weights.Element: ElementType.Int8 } layer } producer
                || layer is not IClamped { Clamp: var clamp }
                || clamp != Clamp.None
            )
                continue;
            if (
                editor.DequantizeOf(producer.Inputs[0]) is null
                || Result(editor, node) is not { } type
                || FoldBias.Scaled(layer.Weights, slopes, layer.ChannelOf) is not { } weights
            )
                continue;
            var sloped = editor.AddTensor(editor.NameOf(node.Output) + "_sloped", editor.TypeOf(node.Output));
            editor.Add(
                node.Name,
                layer.WithConstants(weights, FoldBias.Sum(layer.Bias, slopes, new double[channels])),
                producer.Inputs,
                sloped
            );
            editor.Replace(
                node,
                new Elementwise { Function = function, Clamp = ((IClamped)node.Operator).Clamp },
                [Stored(producer.Output), Stored(sloped)],
                node.Output
            );

            TensorId Stored(TensorId real)
            {
                var name = editor.NameOf(real);
                var (quantized, back) = (editor.AddTensor(name + "_q", type), editor.AddTensor(name + "_stored", editor.TypeOf(real)));
                editor.Add(node.Name, new Quantize(), [real], quantized);
                editor.Add(node.Name, new Dequantize(), [quantized], back);
                return back;
            }
        }

        return editor.ToGraph();
    }

    /// <summary>By channel: what negative values are multiplied with; null where the operator does something else.</summary>
    private static double[]? Slopes(Operator op, int channels) =>
        op switch
        {
            Lookup { Function: UnaryFunction.LeakyRelu leaky } => [.. Enumerable.Repeat(leaky.Alpha, channels)],
            Elementwise { Function: ElementFunction.PRelu, Constant: { Dims: [1, 1, var n] } slope } when n == channels => slope.Reals(_ =>
                0
            ),
            _ => null,
        };

    private static ElementFunction? Function(double[] slopes) =>
        slopes.All(s => s <= 1) ? ElementFunction.Max
        : slopes.All(s => s >= 1) ? ElementFunction.Min
        : null;

    /// <summary>What the result is quantised to, always alike.</summary>
    private static TensorType? Result(GraphEditor editor, Node node)
    {
        var uses = editor.UsesOf(node.Output);
        if (editor.IsOutput(node.Output) || uses.Count == 0 || !uses.All(Conversions.IsQuantize))
            return null;
        var types = uses.Select(u => editor.TypeOf(u.Output)).Distinct().ToImmutableArray();
        return types is [var type] ? type : null;
    }
}
