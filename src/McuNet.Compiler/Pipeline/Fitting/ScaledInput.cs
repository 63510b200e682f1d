using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Pipeline.Fitting;

/// <summary>
/// A network with the same layers and weights on an input with fewer rows and columns, where it is convolutional up to a global pool: sizes
/// follow from layer to layer, and a window over all of its input stays one. Results are not those of the network, accuracy is not claimed.
/// </summary>
public static class ScaledInput
{
    /// <summary>Rows or columns of candidates are multiples of the largest of these that those of the network are.</summary>
    private static readonly int[] Grains = [4, 2, 1];

    /// <summary>The smaller inputs to choose from, smallest first: rows in even steps, columns in the network's proportion.</summary>
    public static ImmutableArray<(int Height, int Width)> Candidates(NetworkGraph graph)
    {
        var shape = graph[graph.Inputs[0].Tensor].Type.Shape;
        var (size, isRows) = shape.Height > 1 ? (shape.Height, true) : (shape.Width, false);
        var grain = Grains.First(g => size % g == 0);
        return
        [
            .. Enumerable
                .Range(1, Math.Max(0, size / grain - 1))
                .Select(n => n * grain)
                .Select(n => isRows ? (n, Proportion(shape.Width, n, size)) : (1, n)),
        ];
    }

    public static ScaledNetwork Of(NetworkGraph graph, int height, int width)
    {
        if (graph.Inputs.Length != 1 || !graph.States.IsEmpty)
            return ScaledNetwork.None(graph.States.IsEmpty ? $"it has {graph.Inputs.Length} inputs" : "it keeps states between inferences");
        var shapes = graph.Tensors.Select(t => t.Type.Shape).ToArray();
        var (operators, input) = (new Operator[graph.Nodes.Length], graph.Inputs[0]);
        shapes[input.Tensor.Value] = shapes[input.Tensor.Value] with { Height = height, Width = width };
        foreach (var node in graph.Nodes)
        {
            operators[node.Id.Value] = node.Operator;
            ImmutableArray<TensorShape> given = [.. node.Inputs.Select(i => shapes[i.Value])];
            if (node.Inputs.All(i => shapes[i.Value] == graph[i].Type.Shape))
                continue;
            if (WhyFixed(graph, node, given) is { } reason)
                return ScaledNetwork.None(reason);
            operators[node.Id.Value] = OverAll(graph, node, given[0]) ?? node.Operator;
            shapes[node.Output.Value] = operators[node.Id.Value].InferShape(given);
            if (shapes[node.Output.Value] is { Height: < 1 } or { Width: < 1 })
                return ScaledNetwork.None($"nothing is left of {given[0]} behind '{node.Name}'");
        }

        if (graph.Outputs.FirstOrDefault(p => shapes[p.Tensor.Value] != graph[p.Tensor].Type.Shape) is { } port)
        {
            var (would, instead) = (shapes[port.Tensor.Value], graph[port.Tensor].Type.Shape);
            return ScaledNetwork.None(
                $"no global pooling stands before its output '{port.Name}', which would be {would} instead of {instead}"
            );
        }
        return ScaledNetwork.Of(
            graph with
            {
                Tensors = [.. graph.Tensors.Select(t => t with { Type = t.Type with { Shape = shapes[t.Id.Value] } })],
                Nodes = [.. graph.Nodes.Select(n => n with { Operator = operators[n.Id.Value] })],
                Inputs = [input with { Dims = Resized(input, graph[input.Tensor].Type.Shape, shapes[input.Tensor.Value]) }],
            }
        );
    }

    /// <summary>Dimensions as the port states them; where they do not show rows and columns apart, as the tensor stores them.</summary>
    private static ImmutableArray<int> Resized(GraphPort port, TensorShape from, TensorShape to)
    {
        ImmutableArray<int> stored = [1, from.Height, from.Width, from.Channels],
            turned = [1, from.Channels, from.Height, from.Width];
        return port.Dims.SequenceEqual(turned) && !port.StoredOrder ? [1, to.Channels, to.Height, to.Width]
            : port.Dims.SequenceEqual(stored) ? [1, to.Height, to.Width, to.Channels]
            : [to.Elements];
    }

    private static int Proportion(int whole, int part, int of) => Math.Max(1, (whole * part + of / 2) / of);

    private static string? WhyFixed(NetworkGraph graph, Node node, ImmutableArray<TensorShape> given)
    {
        var was = graph[node.Inputs[0]].Type.Shape;
        return node.Operator switch
        {
            Dense => $"'{node.Name}' multiplies all {was} values of its input with weights of their own",
            Conv2D or DepthwiseConv2D or AveragePool or MaxPool or Mean or Reduce or Pad or SelectChannels => null,
            PixelwiseOperator or Concat { Axis: ConcatAxis.Channels } => given.Distinct(SizeOnly).Count() == 1
                ? null
                : $"'{node.Name}' would get inputs of {string.Join(" and ", given)}",
            Mul => given[0] == given[1] || given[1] is { Height: 1, Width: 1 }
                ? null
                : $"'{node.Name}' would get inputs of {given[0]} and {given[1]}",
            Elementwise { Constant: null }
            or Elementwise { Constant.Dims: [1, 1, _] }
                when given.Where(s => s is not { Height: 1, Width: 1 }).Distinct(SizeOnly).Count() <= 1 => null,
            Normalization { Gain.Dims: [1, 1, _] } => null,
            _ => $"'{node.Name}' ({node.Operator.Kind}) is made for an input of {was}",
        };
    }

    private static readonly IEqualityComparer<TensorShape> SizeOnly = EqualityComparer<TensorShape>.Create(
        (a, b) => a.Height == b.Height && a.Width == b.Width,
        s => HashCode.Combine(s.Height, s.Width)
    );

    /// <summary>A pooling over all of its input, over all of another; null for what is none.</summary>
    private static Operator? OverAll(NetworkGraph graph, Node node, TensorShape shape)
    {
        var (was, output) = (graph[node.Inputs[0]].Type.Shape, graph[node.Output].Type.Shape);
        if (
            node.Operator is not IWindowed { Window: { HasPadding: false } window }
            || output is not { Height: 1, Width: 1 }
            || window.SpanHeight < was.Height
            || window.SpanWidth < was.Width
        )
            return null;
        var all = new Window { KernelHeight = shape.Height, KernelWidth = shape.Width };
        return node.Operator switch
        {
            AveragePool pool => pool with { Window = all },
            MaxPool pool => pool with { Window = all },
            _ => null,
        };
    }
}
