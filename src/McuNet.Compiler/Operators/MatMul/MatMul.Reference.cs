using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record MatMul
{
    /// <summary>acc = sum (a - za)(b - zb), then clamp(round_half_even(float(acc) x ((as x bs) / ys)) + zy); of real numbers in float32,
    /// terms in order.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Output.IsQuantized)
        {
            EvaluateFloats(inputs[0].Float32, inputs[1].Float32, output.Float32);
            return;
        }

        var (a, b) = (Arithmetic.Centered(inputs[0]), Arithmetic.Centered(inputs[1]));
        var (scale, range) = (Scale(types), Clamp.Quantized(types.Output));
        for (var i = 0; i < Shape.Elements; i++)
        {
            var (p, q, acc) = (Place(First, i), Place(Second, i), 0);
            for (var k = 0; k < Inner; k++)
                acc += a[p + k * First.Inner] * b[q + k * Second.Inner];
            output[i] = Arithmetic.Requantize(acc, scale, types.Output.ZeroPoint, range);
        }
    }

    private void EvaluateFloats(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            var (p, q, sum) = (Place(First, i), Place(Second, i), 0f);
            for (var k = 0; k < Inner; k++)
                sum += a[p + k * First.Inner] * b[q + k * Second.Inner];
            output[i] = Clamp.Limit(sum);
        }
    }

    /// <summary>clamp(sum a x b).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            var (p, q, sum) = (Place(First, i), Place(Second, i), 0.0);
            for (var k = 0; k < Inner; k++)
                sum += inputs[0][p + k * First.Inner] * inputs[1][q + k * Second.Inner];
            output[i] = Clamp.Apply(sum);
        }
    }

    private int Place(MatrixSteps steps, int index) =>
        index / Shape.RowElements * steps.Row
        + index / Shape.Channels % Shape.Width * steps.Column
        + index % Shape.Channels * steps.Channel;

    private static float Scale(NodeTypes types) =>
        Arithmetic.CombinedScale(types.Inputs[0].Scale, types.Inputs[1].Scale, types.Output.Scale);
}
