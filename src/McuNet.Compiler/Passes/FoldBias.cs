using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// A sum or product with constants behind a layer with weights, of which nothing else reads the result, becomes its bias and the scales of
/// its weights: each channel has a scale of its own, so that integers stay as they are, or change their sign.
/// </summary>
internal static class FoldBias
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (
                node.Inputs.IsEmpty
                || editor.TypeOf(node.Inputs[0]).IsQuantized
                || editor.OnlyUse(node.Inputs[0]) is null
                || editor.ProducerOf(node.Inputs[0]) is not { Operator: ILinear layer } producer
            )
                continue;
            var channels = editor.TypeOf(node.Output).Shape.Channels;
            if (
                editor.TypeOf(producer.Output).Shape != editor.TypeOf(node.Output).Shape
                || layer is not IClamped { Clamp: var clamp }
                || clamp != Clamp.None
            )
                continue;
            if (Affine(node.Operator, channels) is var (factors, addends) && Scaled(layer.Weights, factors, layer.ChannelOf) is { } weights)
            {
                editor.Remove(node);
                editor.Replace(producer, layer.WithConstants(weights, Sum(layer.Bias, factors, addends)), producer.Inputs, node.Output);
            }
        }

        return editor.ToGraph();
    }

    /// <summary>By channel: what an operator multiplies with, and what it adds; null where it does something else.</summary>
    private static (double[] Factors, double[] Addends)? Affine(Operator op, int channels) =>
        op switch
        {
            IClamped { Clamp: var clamp } when clamp != Clamp.None => null,
            Lookup { Function: UnaryFunction.Shift shift } => (Repeated(1, channels), Repeated(shift.Addend, channels)),
            Lookup { Function: UnaryFunction.Scale scale } => (Repeated(scale.Factor, channels), Repeated(0, channels)),
            Lookup { Function: UnaryFunction.Fraction fraction } => (Repeated(1 / fraction.Divisor, channels), Repeated(0, channels)),
            Elementwise { Function: ElementFunction.Mul, Constant: { Dims: [1, 1, var n] } factor } when n == channels => (
                factor.Reals(_ => 0),
                Repeated(0, channels)
            ),
            Elementwise { Function: ElementFunction.Div, ConstantFirst: false, Constant: { Dims: [1, 1, var n] } divisor }
                when n == channels => ([.. divisor.Reals(_ => 0).Select(d => 1 / d)], Repeated(0, channels)),
            DepthwiseConv2D { Window: { IsPointwise: true, HasPadding: false, StrideHeight: 1, StrideWidth: 1 } } one
                when one.Weights.Dims[2] == channels => (one.Weights.Reals(c => c), one.Bias?.Reals(c => c) ?? Repeated(0, channels)),
            _ => null,
        };

    private static double[] Repeated(double value, int count) => [.. Enumerable.Repeat(value, count)];

    /// <summary>Weights times a factor for each output channel; null where integers cannot change their sign.</summary>
    public static ConstantTensor? Scaled(ConstantTensor weights, double[] factors, Func<int, int> outputOf)
    {
        if (factors.All(f => f == 1))
            return weights;
        if (factors.Any(f => !double.IsFinite(f)))
            return null;
        if (weights.Element == ElementType.Float32)
        {
            float[] reals = [.. weights.Reals(outputOf).Select((w, i) => (float)(w * factors[outputOf(i)]))];
            return weights with { Data = [.. MemoryMarshal.AsBytes(reals.AsSpan())] };
        }

        var data = weights.Data.ToArray();
        for (var i = 0; i < data.Length; i++)
        {
            var (factor, zero) = (factors[outputOf(i)], weights.ZeroPointOf(outputOf(i)));
            if (factor < 0 && ((sbyte)data[i] == sbyte.MinValue || zero != 0))
                return null;
            data[i] =
                factor < 0 ? (byte)-(sbyte)data[i]
                : factor == 0 ? (byte)zero
                : data[i];
        }

        ImmutableArray<float> scales =
        [
            .. factors.Select((f, c) => f == 0 ? weights.ScaleOf(c) : (float)(weights.ScaleOf(c) * Math.Abs(f))),
        ];
        return scales.All(s => s > 0 && float.IsFinite(s)) ? weights with { Data = [.. data], Scales = scales } : null;
    }

    /// <summary>A bias times a factor and plus an addend for each channel.</summary>
    public static ConstantTensor? Sum(ConstantTensor? bias, double[] factors, double[] addends)
    {
        if (bias is null && addends.All(a => a == 0))
            return null;
        var reals = bias?.Reals(c => c) ?? new double[addends.Length];
        float[] values = [.. reals.Select((b, c) => (float)(b * factors[c] + addends[c]))];
        return new([values.Length], ElementType.Float32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [1], [0]);
    }
}
