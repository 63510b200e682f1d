using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Reduce
{
    /// <summary>
    /// Sums and means: sum = sum (x - zx) in int32, then clamp(round_half_even(float(sum) x (xs / (ys x count))) + zy), count 1 for a sum.
    /// Least and largest: of the integers, then clamp(round_half_even((float(x - zx) x xs) / ys) + zy).
    /// Of real numbers in float32, in stored order from 0, 1 or beyond the largest number; a mean is divided by float(count).
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Output.IsQuantized)
        {
            var start = Function switch
            {
                ReduceFunction.Min => float.MaxValue,
                ReduceFunction.Max => float.MinValue,
                ReduceFunction.Prod => 1,
                _ => 0,
            };
            var floats = Folded(types, inputs[0].Float32.ToArray(), start);
            for (var i = 0; i < floats.Length; i++)
                output.Float32[i] = Clamp.Limit(Function == ReduceFunction.Mean ? floats[i] / Count(types) : floats[i]);
            return;
        }

        var reduced = Folded(types, [.. Arithmetic.Centered(inputs[0]).Select(v => (int)v)]);
        var (range, zero) = (Clamp.Quantized(types.Output), types.Output.ZeroPoint);
        for (var i = 0; i < reduced.Length; i++)
        {
            output[i] = Function is ReduceFunction.Sum or ReduceFunction.Mean
                ? Arithmetic.Requantize(reduced[i], Scale(types), zero, range)
                : Arithmetic.Quantize(reduced[i] * types.Input.Scale / types.Output.Scale, zero, range);
        }
    }

    /// <summary>clamp(sum x), clamp(sum x / count), clamp(product x), clamp(min x) or clamp(max x).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var reduced = Folded(types, inputs[0]);
        for (var i = 0; i < output.Length; i++)
            output[i] = Clamp.Apply(Function == ReduceFunction.Mean ? reduced[i] / Count(types) : reduced[i]);
    }

    /// <param name="start">With what the values are taken together first.</param>
    private T[] Folded<T>(NodeTypes types, T[] input, T? start = null)
        where T : struct, INumber<T>
    {
        Func<T, T, T> fold = Function switch
        {
            ReduceFunction.Min => (a, b) => b < a ? b : a,
            ReduceFunction.Max => (a, b) => b > a ? b : a,
            ReduceFunction.Prod => (a, b) => a * b,
            _ => (a, b) => a + b,
        };
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var (output, seen) = (new T[to.Elements], new bool[to.Elements]);
        if (start is { } first)
        {
            Array.Fill(output, first);
            Array.Fill(seen, true);
        }

        for (var i = 0; i < input.Length; i++)
        {
            var (y, x, c) = (
                OverHeight ? 0 : i / from.RowElements,
                OverWidth ? 0 : i / from.Channels % from.Width,
                OverChannels ? 0 : i % from.Channels
            );
            var at = (y * to.Width + x) * to.Channels + c;
            (output[at], seen[at]) = (seen[at] ? fold(output[at], input[i]) : input[i], true);
        }

        return output;
    }

    private static int Count(NodeTypes types) => types.Input.Shape.Elements / types.Output.Shape.Elements;

    private float Scale(NodeTypes types) =>
        Arithmetic.MeanScale(types.Input.Scale, types.Output.Scale, Function == ReduceFunction.Mean ? Count(types) : 1);
}
