using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// Channels that have one value for every input leave the convolution that computes them, the channel-wise operators behind it and the
/// next layer, whose bias takes their share. No output changes. Padding reads as the zero point, so that a channel with another value
/// stays where a padded layer reads it. Channels are kept up to a multiple of four, which kernels compute at once.
/// </summary>
internal static class DropConstantChannels
{
    private const int Block = 4;

    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (node.Operator is Conv2D { Groups: 1 } && Chain(editor, node) is { } chain)
                Narrow(editor, chain);
        }

        return editor.ToGraph();
    }

    /// <summary>The convolution, channel-wise operators, and the layer that reads all channels; null where something else
    /// follows.</summary>
    private static List<Node>? Chain(GraphEditor editor, Node first)
    {
        List<Node> chain = [first];
        while (IsInt8(editor, chain[^1].Inputs[0]) && IsInt8(editor, chain[^1].Output))
        {
            if (chain.Count > 1 && chain[^1].Operator is Conv2D { Groups: 1 } or Dense)
                return chain;
            if (editor.OnlyUse(chain[^1].Output) is not { } next)
                return null;
            var channels = editor.TypeOf(next.Inputs[0]).Shape.Channels;
            if (
                next.Operator is not (Conv2D { Groups: 1 } or Dense or Mean)
                && !(next.Operator is DepthwiseConv2D depthwise && depthwise.Weights.Dims[2] == channels)
            )
                return null;
            chain.Add(next);
        }

        return null;
    }

    private static void Narrow(GraphEditor editor, List<Node> chain)
    {
        if (IsWide(editor, chain[^1]))
            return;
        var values = new int?[editor.TypeOf(chain[0].Output).Shape.Channels];
        foreach (var node in chain.SkipLast(1))
            values = Outputs(node.Operator, editor.TypesOf(node), values);
        var zero = editor.TypeOf(chain[^1].Inputs[0]).ZeroPoint;
        var padded = chain[^1].Operator is Conv2D { Window.HasPadding: true };
        bool Removable(int c) => values[c] is { } v && (v == zero || !padded);
        int[] channels = [.. Enumerable.Range(0, values.Length).OrderBy(c => Removable(c) ? 1 : 0)];
        var count = (channels.Count(c => !Removable(c)) + Block - 1) / Block * Block;
        count = count == 0 ? Block : count;
        if (count >= channels.Length)
            return;
        int[] kept = [.. channels.Take(count).Order()];
        var shares = channels.Skip(count).Select(c => (c, values[c]!.Value - zero)).ToArray();
        Replace(editor, chain[^1], Reading(chain[^1].Operator, values.Length, kept, shares));
        foreach (var node in chain.SkipLast(1))
        {
            var type = editor.TypeOf(node.Output);
            editor.Retype(node.Output, type with { Shape = type.Shape with { Channels = count } });
            Replace(editor, node, Writing(node.Operator, kept));
        }
    }

    /// <summary>Whether the bias of a layer might not hold what its inputs add.</summary>
    private static bool IsWide(GraphEditor editor, Node node) =>
        node.Operator is ILinear linear && linear.Layer(editor.TypesOf(node)).IsWide;

    private static void Replace(GraphEditor editor, Node node, Operator op) => editor.Replace(node, op, node.Inputs, node.Output);

    /// <summary>By channel: the value that it has for every input, given those of the input's channels.</summary>
    private static int?[] Outputs(Operator op, NodeTypes types, int?[] inputs)
    {
        var layer = (op as ILinear)?.Layer(types);
        return
        [
            .. inputs.Select(
                (input, channel) =>
                    op switch
                    {
                        Conv2D => Constant(layer!, channel, null),
                        DepthwiseConv2D => Constant(layer!, channel, input),
                        Mean mean when input is { } value => MeanOf(mean, types, value),
                        _ => null,
                    }
            ),
        ];
    }

    private static int? Constant(LinearLayer layer, int channel, int? input)
    {
        var found =
            input is { } value && (value == layer.InputZero || !layer.Window.HasPadding)
                ? ConstantChannels.Find(layer, channel, value, value)
                : ConstantChannels.Find(layer, channel);
        return found is { } output ? Math.Clamp(output, layer.OutputMin, layer.OutputMax) : null;
    }

    private static int MeanOf(Mean mean, NodeTypes types, int value)
    {
        var count = types.Input.Shape.Elements / types.Output.Shape.Elements;
        var scale = Arithmetic.MeanScale(types.Input.Scale, types.Output.Scale, count);
        return Arithmetic.Requantize(
            count * (value - types.Input.ZeroPoint),
            scale,
            types.Output.ZeroPoint,
            mean.Clamp.Quantized(types.Output)
        );
    }

    private static Operator Writing(Operator op, int[] kept) =>
        op switch
        {
            Conv2D conv => conv with
            {
                Weights = ConstantSlices.Outputs(conv.Weights, 0, kept),
                Bias = conv.Bias is { } b ? ConstantSlices.Outputs(b, 0, kept) : null,
            },
            DepthwiseConv2D depthwise => depthwise with
            {
                Weights = ConstantSlices.Outputs(depthwise.Weights, 2, kept),
                Bias = depthwise.Bias is { } b ? ConstantSlices.Outputs(b, 0, kept) : null,
            },
            _ => op,
        };

    private static Operator Reading(Operator op, int channels, int[] kept, (int Channel, int Value)[] shares) =>
        op switch
        {
            Conv2D conv => conv with
            {
                Bias = ConstantSlices.WithShares(conv.Bias, conv.Weights, channels, shares),
                Weights = ConstantSlices.Inputs(conv.Weights, channels, kept),
            },
            Dense dense => dense with
            {
                Bias = ConstantSlices.WithShares(dense.Bias, dense.Weights, channels, shares),
                Weights = ConstantSlices.Inputs(dense.Weights, channels, kept),
            },
            _ => op,
        };

    private static bool IsInt8(GraphEditor editor, TensorId tensor) =>
        editor.TypeOf(tensor) is { Element: ElementType.Int8, IsQuantized: true };
}
