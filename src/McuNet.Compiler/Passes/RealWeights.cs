using System;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>Weights and biases of a layer on real numbers become the real numbers that they stand for, and so do biases beside real weights.</summary>
internal static class RealWeights
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (node.Operator is ILinear layer && !editor.TypeOf(node.Inputs[0]).IsQuantized)
                editor.Replace(node, layer.WithConstants(Real(layer.Weights, layer.ChannelOf), layer.Bias is { } bias ? Real(bias, c => c) : null), node.Inputs, node.Output);
        }

        return editor.ToGraph();
    }

    private static ConstantTensor Real(ConstantTensor constant, Func<int, int> channelOf)
    {
        if (constant.Element == ElementType.Float32)
            return constant;
        float[] numbers = [.. constant.Reals(channelOf).Select(v => (float)v)];
        return new(constant.Dims, ElementType.Float32, ImmutableCollectionsMarshal.AsImmutableArray(MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray()), [1], [0]);
    }
}
