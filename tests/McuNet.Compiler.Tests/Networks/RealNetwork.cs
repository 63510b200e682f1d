using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>An integer network whose nodes from one on compute the real numbers that theirs stood for: what it reads of the others is
/// dequantised.</summary>
public static class RealNetwork
{
    /// <summary>Of a product, which so stays within float32.</summary>
    private const int MostFactors = 12;

    /// <param name="first">Index of the first node on real numbers; 0 for a network without integers.</param>
    public static NetworkGraph Of(NetworkGraph graph, int first)
    {
        var (tensors, nodes) = (graph.Tensors.ToList(), new List<Node>());
        var isReal = graph.Tensors.Select(t => first == 0 && graph.IsInput(t.Id)).ToArray();
        var known = new Dictionary<TensorId, TensorId>();
        foreach (var tensor in graph.Tensors.Where(t => isReal[t.Id.Value]))
            tensors[tensor.Id.Value] = Real(tensor);
        foreach (var node in graph.Nodes)
        {
            if (node.Id.Value < first)
            {
                nodes.Add(node with { Id = new(nodes.Count) });
                continue;
            }

            ImmutableArray<TensorId> inputs = [.. node.Inputs.Select(Dequantized)];
            tensors[node.Output.Value] = Real(graph[node.Output]);
            isReal[node.Output.Value] = true;
            nodes.Add(
                new(new(nodes.Count), node.Name, Other(node.Operator, graph.TypesOf(node)) ?? Real(node.Operator), inputs, node.Output)
            );
        }

        return graph with
        {
            Tensors = [.. tensors],
            Nodes = [.. nodes],
            Inputs = [.. graph.Inputs.Select(p => p with { Element = tensors[p.Tensor.Value].Type.Element })],
            Outputs = [.. graph.Outputs.Select(p => p with { Element = tensors[p.Tensor.Value].Type.Element })],
        };

        TensorId Dequantized(TensorId tensor)
        {
            if (isReal[tensor.Value])
                return tensor;
            if (known.TryGetValue(tensor, out var real))
                return real;
            var added = new Tensor(new(tensors.Count), $"{graph[tensor].Name}_real", Real(graph[tensor]).Type);
            tensors.Add(added);
            nodes.Add(new(new(nodes.Count), added.Name, new Dequantize(), [tensor], added.Id));
            return known[tensor] = added.Id;
        }
    }

    private static ImmutableArray<byte> Reals(ImmutableArray<byte> integers, TensorType type) =>
        [.. integers.SelectMany(b => BitConverter.GetBytes(((sbyte)b - type.ZeroPoint) * type.Scale))];

    private static Tensor Real(Tensor tensor) => tensor with { Type = new(tensor.Type.Shape, ElementType.Float32) };

    /// <summary>Operators that only real numbers have, in the place of some that both have: products of few numbers, remainders, cubic
    /// resizing, an image sampled at what is beside it.</summary>
    private static Operator? Other(Operator op, NodeTypes types) =>
        op switch
        {
            Reduce { Function: ReduceFunction.Sum } reduce when types.Input.Shape.Elements <= MostFactors * types.Output.Shape.Elements =>
                reduce with
                {
                    Function = ReduceFunction.Prod,
                },
            Known constant => constant with { Data = Reals(constant.Data, types.Output) },
            Elementwise { Function: ElementFunction.Div, Constant: null } quotient => quotient with { Function = ElementFunction.Mod },
            Elementwise { Function: ElementFunction.Min, Constant: null } least when types.Inputs[0].Shape.Height % 2 == 1 => least with
            {
                Function = ElementFunction.Pow,
            },
            ResizeLinear resize when types.Output.Shape.Width % 2 == 0 => new Resample
            {
                RowTaps = Cubic(resize.RowTaps, types.Input.Shape.Height),
                ColumnTaps = Cubic(resize.ColumnTaps, types.Input.Shape.Width),
                Clamp = resize.Clamp,
            },
            Mul { Clamp: var clamp } when types.Inputs is [var image, { Shape.Channels: 2 } places] && image.Shape == places.Shape =>
                new GridSample
                {
                    Interpolation = GridInterpolation.Cubic,
                    Padding = GridPadding.Reflection,
                    AlignCorners = false,
                    Clamp = clamp,
                },
            _ => null,
        };

    private static SumTaps Cubic(LinearTaps taps, int size) =>
        SumTaps.Cubic([.. Enumerable.Range(0, taps.Count).Select(i => taps.First[i] + (double)taps.Way(i))], size, -0.75, false);

    private static Operator Real(Operator op) =>
        op switch
        {
            ILinear layer => layer.WithConstants(Weights(layer), layer.Bias is { } bias ? RealForm.Real(bias, c => c) : null),
            Elementwise { Constant: { } constant } elementwise => elementwise with { Constant = RealForm.Real(constant, _ => 0) },
            Concat concat => concat with { Clamp = Clamp.None },
            Rescale rescale => new Clip { Clamp = rescale.Clamp },
            _ => op,
        };

    /// <summary>float32, integers of 8 or 4 bits, or float16, by the number of weights.</summary>
    private static ConstantTensor Weights(ILinear layer) =>
        (layer.Weights.Count % 4) switch
        {
            0 => RealForm.Real(layer.Weights, layer.ChannelOf),
            1 => RealForm.Compact(layer),
            2 => RealForm.Compact((ILinear)layer.WithConstants(NarrowNetwork.Narrow(layer.Weights), layer.Bias)),
            _ => Halves(RealForm.Real(layer.Weights, layer.ChannelOf)),
        };

    private static ConstantTensor Halves(ConstantTensor weights)
    {
        float[] numbers = [.. weights.Reals(_ => 0).Select(w => (float)(System.Half)w)];
        return weights with { Data = [.. MemoryMarshal.AsBytes(numbers.AsSpan())], Form = CompactForm.Float16 };
    }
}
