using System;
using System.Collections.Generic;
using System.Numerics;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Mean
{
    /// <summary>
    /// sum = sum (x - zx) in int32 over the rows and columns that are averaged, count = their number,
    /// then clamp(round_half_even(float(sum) x (xs / (ys x count))) + zy). Of real numbers
    /// clamp(sum / float(count)), added up row by row.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        if (!types.Output.IsQuantized)
        {
            Add<float, float>(from, to, inputs[0].Float32, output.Float32);
            for (var i = 0; i < to.Elements; i++)
                output.Float32[i] = Clamp.Limit(output.Float32[i] / (from.Elements / to.Elements));
            return;
        }

        var sums = new int[to.Elements];
        var input = Arithmetic.CenteredWide(inputs[0]);
        Add<int, int>(from, to, input, sums);
        var scale = Arithmetic.MeanScale(types.Input.Scale, types.Output.Scale, from.Elements / to.Elements);
        var range = Clamp.Quantized(types.Output);
        for (var i = 0; i < sums.Length; i++)
            output[i] = Arithmetic.Requantize(sums[i], scale, types.Output.ZeroPoint, range);
    }

    /// <summary>clamp(sum x / count).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        Add<double, double>(types.Input.Shape, types.Output.Shape, inputs[0], output);
        for (var i = 0; i < output.Length; i++)
            output[i] = Clamp.Apply(output[i] / (types.Input.Shape.Elements / types.Output.Shape.Elements));
    }

    private void Add<TFrom, TSum>(TensorShape from, TensorShape to, ReadOnlySpan<TFrom> input, Span<TSum> sums)
        where TFrom : INumber<TFrom>
        where TSum : INumber<TSum>
    {
        for (var y = 0; y < from.Height; y++)
        {
            for (var x = 0; x < from.Width; x++)
            {
                var target = ((OverHeight ? 0 : y) * to.Width + (OverWidth ? 0 : x)) * to.Channels;
                var source = (y * from.Width + x) * from.Channels;
                for (var c = 0; c < from.Channels; c++)
                    sums[target + c] += TSum.CreateChecked(input[source + c]);
            }
        }
    }
}
