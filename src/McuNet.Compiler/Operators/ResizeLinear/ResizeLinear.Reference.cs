using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record ResizeLinear
{
    /// <summary>
    /// sum of the four (x - zx) times row weight times column weight, exact in int32; then
    /// clamp(round_half_even(float(sum) x (xs / (ys x (row units x column units)))) + zy). Of real numbers
    /// from x (1 - way) + to x way in float32, between columns first and then between rows.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Output.IsQuantized)
        {
            EvaluateFloats(types, inputs[0].Float32, output.Float32);
            return;
        }

        var input = Arithmetic.Centered(inputs[0]);
        var (scale, range, channels) = (Scale(types), Clamp.Quantized(types.Output), types.Output.Shape.Channels);
        for (var i = 0; i < types.Output.Shape.Elements; i++)
        {
            var sum = Taps(types.Input.Shape, i / channels).Sum(t => t.Weight * input[t.Pixel * channels + i % channels]);
            output[i] = Arithmetic.Requantize(sum, scale, types.Output.ZeroPoint, range);
        }
    }

    private void EvaluateFloats(NodeTypes types, ReadOnlySpan<float> input, Span<float> output)
    {
        var (row, channels) = (types.Input.Shape.RowElements, types.Output.Shape.Channels);
        for (var i = 0; i < output.Length; i++)
        {
            var (y, x, c) = (i / types.Output.Shape.RowElements, i / channels % types.Output.Shape.Width, i % channels);
            var (top, left) = (RowTaps.First[y] * row, ColumnTaps.First[x] * channels + c);
            var (bottom, right) = (top + (RowTaps.Weight[y] == 0 ? 0 : row), left + (ColumnTaps.Weight[x] == 0 ? 0 : channels));
            var above = Between(input[top + left], input[top + right], ColumnTaps.Way(x));
            output[i] = Clamp.Limit(
                Between(above, Between(input[bottom + left], input[bottom + right], ColumnTaps.Way(x)), RowTaps.Way(y))
            );
        }
    }

    private static float Between(float from, float to, float way)
    {
        var (near, far) = (from * (1 - way), to * way);
        return near + far;
    }

    /// <summary>clamp(what lies between the four).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var channels = types.Output.Shape.Channels;
        for (var i = 0; i < output.Length; i++)
        {
            var sum = Taps(types.Input.Shape, i / channels).Sum(t => t.Weight * inputs[0][t.Pixel * channels + i % channels]);
            output[i] = Clamp.Apply(sum / (RowTaps.Units * ColumnTaps.Units));
        }
    }

    /// <summary>
    /// How close a sum may come to the middle between two steps of the output, in steps: those that come closer than float32 rounds are
    /// decided by the order in which others add up.
    /// </summary>
    public double TieDistance(NodeTypes types)
    {
        var step = (double)types.Input.Scale / types.Output.Scale / (RowTaps.Units * ColumnTaps.Units);
        var (low, high) = Clamp.Quantized(types.Output);
        return Enumerable.Range(low - types.Output.ZeroPoint, high - low).Min(n => Math.Abs(Math.Round((n + 0.5) / step) * step - n - 0.5));
    }

    /// <summary>The pixels of the input between which one of the output lies, those of no weight left out.</summary>
    private IEnumerable<(int Pixel, int Weight)> Taps(TensorShape input, int pixel)
    {
        var (y, x) = (pixel / ColumnTaps.Count, pixel % ColumnTaps.Count);
        for (var row = RowTaps.First[y]; row < RowTaps.End(y); row++)
        {
            for (var column = ColumnTaps.First[x]; column < ColumnTaps.End(x); column++)
                yield return (row * input.Width + column, WeightOf(RowTaps, y, row) * WeightOf(ColumnTaps, x, column));
        }
    }

    private static int WeightOf(LinearTaps taps, int output, int input) =>
        input == taps.First[output] ? taps.Units - taps.Weight[output] : taps.Weight[output];

    private float Scale(NodeTypes types) => Arithmetic.MeanScale(types.Input.Scale, types.Output.Scale, RowTaps.Units * ColumnTaps.Units);
}
