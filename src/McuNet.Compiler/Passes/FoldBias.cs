using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>A sum with a constant behind a layer with weights, of which nothing else reads the result, becomes its bias.</summary>
internal static class FoldBias
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (editor.TypeOf(node.Inputs[0]).IsQuantized || editor.OnlyUse(node.Inputs[0]) is null || editor.ProducerOf(node.Inputs[0]) is not { Operator: ILinear layer } producer)
                continue;
            var channels = editor.TypeOf(node.Output).Shape.Channels;
            if (layer is IClamped { Clamp: var clamp } && clamp == Clamp.None && Addends(node.Operator, channels) is { } addends)
            {
                editor.Remove(node);
                editor.Replace(producer, layer.WithConstants(layer.Weights, Sum(layer.Bias, addends)), producer.Inputs, node.Output);
            }
        }

        return editor.ToGraph();
    }

    /// <summary>By channel: what an operator adds; null where it does something else.</summary>
    private static IEnumerable<double>? Addends(Operator op, int channels) => op switch
    {
        Lookup { Function: UnaryFunction.Shift shift } lookup when lookup.Clamp == Clamp.None => Enumerable.Repeat(shift.Addend, channels),
        DepthwiseConv2D { Window: { IsPointwise: true, HasPadding: false, StrideHeight: 1, StrideWidth: 1 }, Bias: { } bias } one when one.Weights.Dims[2] == channels
            && one.Clamp == Clamp.None && one.Weights.Reals(c => c).All(w => w == 1) => bias.Reals(c => c),
        _ => null,
    };

    private static ConstantTensor Sum(ConstantTensor? bias, IEnumerable<double> addends)
    {
        float[] values = [.. (bias is null ? addends : addends.Zip(bias.Reals(c => c), (a, b) => a + b)).Select(v => (float)v)];
        return new([values.Length], ElementType.Float32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [1], [0]);
    }
}
