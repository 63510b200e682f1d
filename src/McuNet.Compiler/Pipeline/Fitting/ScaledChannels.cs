using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Pipeline.Fitting;

/// <summary>
/// A network with fewer channels between its layers, those of its inputs and outputs apart. Layers keep the weights of the channels that
/// stay, so that tables have true sizes; results mean nothing, accuracy is not claimed.
/// </summary>
public static class ScaledChannels
{
    /// <summary>Numbers of channels keep the largest of these that divides them.</summary>
    private static readonly int[] Grains = [8, 4, 2, 1];

    /// <summary>The factors to choose from, smallest first.</summary>
    public static ImmutableArray<double> Candidates { get; } = [.. Enumerable.Range(1, 19).Select(n => n * 5 / 100.0)];

    /// <summary>So many times the channels, to the nearest multiple of 8, or of 4 or 2 where the number itself is none of 8; at least one
    /// such multiple.</summary>
    public static int Rounded(int channels, double factor)
    {
        var grain = Grains.First(g => channels % g == 0);
        return Math.Max(grain, (int)Math.Floor(channels * factor / grain + 0.5) * grain);
    }

    public static ScaledNetwork Of(NetworkGraph graph, double factor)
    {
        if (!graph.States.IsEmpty)
            return ScaledNetwork.None("it keeps states between inferences");
        var (isFixed, channels) = (Fixed(graph), graph.Tensors.Select(t => t.Type.Shape.Channels).ToArray());
        var operators = new Operator[graph.Nodes.Length];
        foreach (var node in graph.Nodes)
        {
            var read = node.Inputs.IsEmpty ? node.Output : node.Inputs[0];
            var (from, to) = (graph[read].Type.Shape.Channels, channels[read.Value]);
            var made = isFixed[node.Output.Value] ? channels[node.Output.Value] : Rounded(channels[node.Output.Value], factor);
            if (Scaled(graph, node, from, to, made) is not { } scaled)
                return ScaledNetwork.None($"'{node.Name}' ({node.Operator.Kind}) is made for {from} channels");
            ImmutableArray<TensorShape> given = [.. node.Inputs.Select(i => graph[i].Type.Shape with { Channels = channels[i.Value] })];
            var output = scaled.InferShape(given);
            if (Differs(node, given) || (isFixed[node.Output.Value] && output != graph[node.Output].Type.Shape))
                return ScaledNetwork.None($"'{node.Name}' ({node.Operator.Kind}) would get inputs of {string.Join(" and ", given)}");
            (operators[node.Id.Value], channels[node.Output.Value]) = (scaled, output.Channels);
        }

        return ScaledNetwork.Of(
            graph with
            {
                Tensors =
                [
                    .. graph.Tensors.Select(t =>
                        t with
                        {
                            Type = t.Type with { Shape = t.Type.Shape with { Channels = channels[t.Id.Value] } },
                        }
                    ),
                ],
                Nodes = [.. graph.Nodes.Select(n => n with { Operator = operators[n.Id.Value] })],
            }
        );
    }

    /// <summary>By tensor: whether its channels are those of an input or output of the network, which stay.</summary>
    private static bool[] Fixed(NetworkGraph graph)
    {
        var isFixed = new bool[graph.Tensors.Length];
        foreach (var port in graph.Inputs.Concat(graph.Outputs))
            isFixed[port.Tensor.Value] = true;
        for (var changed = true; changed; )
        {
            changed = false;
            foreach (var node in graph.Nodes.Where(n => n.Operator is not (Conv2D or Dense or ConvTranspose)))
            {
                var inputs = node.Inputs.Select(i => i.Value);
                var isConcat = node.Operator is Concat { Axis: ConcatAxis.Channels };
                if (isFixed[node.Output.Value] || (isConcat ? inputs.All(i => isFixed[i]) : inputs.Any(i => isFixed[i])))
                {
                    foreach (var tensor in inputs.Append(node.Output.Value).Where(t => !isFixed[t]))
                        (isFixed[tensor], changed) = (true, true);
                }
            }
        }
        return isFixed;
    }

    /// <param name="from">Channels of the first input.</param>
    /// <param name="to">Those that stay.</param>
    /// <param name="made">Channels that a layer with weights gives.</param>
    /// <returns>Null where the operator knows its channels otherwise.</returns>
    private static Operator? Scaled(NetworkGraph graph, Node node, int from, int to, int made) =>
        node.Operator switch
        {
            Conv2D { Groups: 1 } conv => conv with
            {
                Weights = Cut(conv.Weights, [made, .. conv.Weights.Dims[1..3], to], made),
                Bias = Bias(conv.Bias, made),
            },
            DepthwiseConv2D depthwise when depthwise.Weights.Dims[2] / from * to is var kept => depthwise with
            {
                Weights = Cut(depthwise.Weights, [.. depthwise.Weights.Dims[..2], kept], kept),
                Bias = Bias(depthwise.Bias, kept),
            },
            Dense dense => dense with
            {
                Weights = Cut(Split(dense.Weights, from), [made, dense.Weights.Dims[1] / from, to], made) is var cut
                    ? cut with
                    {
                        Dims = [made, cut.Dims[1] * to],
                    }
                    : dense.Weights,
                Bias = Bias(dense.Bias, made),
            },
            Reshape reshape => Reshaped(reshape, graph[node.Inputs[0]].Type.Shape, to),
            Elementwise { Constant: { } constant } op => constant.Dims[2] == from
                ? op with
                {
                    Constant = Cut(constant, [.. constant.Dims[..2], to], to),
                }
                : op,
            Normalization { Groups: 1 } norm => norm with
            {
                Gain = Cut(norm.Gain, [.. norm.Gain.Dims[..2], to], to),
                Offset = Cut(norm.Offset, [.. norm.Offset.Dims[..2], to], to),
            },
            PixelwiseOperator
            or Mul
            or Elementwise
            or AveragePool
            or MaxPool
            or Mean
            or Pad { Margins: { Front: 0, Back: 0 } }
            or ResizeLinear
            or Resample
            or SelectPixels
            or Reduce { OverChannels: false }
            or Concat { Axis: not ConcatAxis.Elements } => node.Operator,
            _ => from == to && made == graph[node.Output].Type.Shape.Channels ? node.Operator : null,
        };

    /// <summary>Rows and columns as they are, or everything as one vector.</summary>
    private static Reshape? Reshaped(Reshape reshape, TensorShape from, int to) =>
        reshape.Shape.Channels == from.Channels ? reshape with { Shape = reshape.Shape with { Channels = to } }
        : reshape.Shape == TensorShape.Vector(from.Elements)
            ? reshape with
            {
                Shape = TensorShape.Vector(from.Elements / from.Channels * to),
            }
        : null;

    private static bool Differs(Node node, ImmutableArray<TensorShape> given) =>
        node.Operator is PixelwiseOperator or Mul or Elementwise && given.Select(s => s.Channels).Where(c => c > 1).Distinct().Count() > 1;

    private static ConstantTensor Split(ConstantTensor weights, int channels) =>
        weights with
        {
            Dims = [weights.Dims[0], weights.Dims[1] / channels, channels],
        };

    private static ConstantTensor? Bias(ConstantTensor? bias, int channels) => bias is null ? null : Cut(bias, [channels], channels);

    /// <summary>The elements whose index is within <paramref name="dims"/> along every dimension.</summary>
    /// <param name="channels">Output channels that stay, of those that have a scale each.</param>
    private static ConstantTensor Cut(ConstantTensor constant, ImmutableArray<int> dims, int channels)
    {
        var size = constant.Element.Size();
        var data = ImmutableArray.CreateBuilder<byte>(dims.Aggregate(size, (a, b) => a * b));
        Copy(0, 0);
        return new(dims, constant.Element, data.ToImmutable(), Kept(constant.Scales), Kept(constant.ZeroPoints));

        ImmutableArray<T> Kept<T>(ImmutableArray<T> values) => values.Length == 1 ? values : values[..channels];

        void Copy(int dimension, int index)
        {
            if (dimension == dims.Length - 1)
            {
                data.AddRange(constant.Data.AsSpan(index * constant.Dims[dimension] * size, dims[dimension] * size));
                return;
            }
            for (var i = 0; i < dims[dimension]; i++)
                Copy(dimension + 1, index * constant.Dims[dimension] + i);
        }
    }
}
