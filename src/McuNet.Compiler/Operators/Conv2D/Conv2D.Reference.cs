using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Conv2D
{
    /// <summary>
    /// acc = bias + sum (x - zx)(w - zw) over the channels of the group and the window's taps inside the input, then
    /// clamp(round_half_even(float(acc) x ((xs x ws) / ys)) + zy), or clamp(float(acc) x (xs x ws)) where the result is real.
    /// Of real numbers: bias + x w + x w + ..., taps row by row, channels within a tap.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Input.IsQuantized)
        {
            EvaluateFloats(types, inputs[0].Float32, output.Float32);
            return;
        }

        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var depth = from.Channels / Groups;
        var length = Window.Taps * depth;
        var layer = new IntegerWeights(Weights, Bias, Clamp, types, to.Channels, i => i / length);
        var input = new CenteredInput(inputs[0]);
        for (var pixel = 0; pixel < to.Height * to.Width; pixel++)
        {
            var taps = Window.Inside(from, pixel / to.Width, pixel % to.Width).ToArray();
            for (var c = 0; c < to.Channels; c++)
            {
                long acc = layer.Bias[c];
                var first = c / (to.Channels / Groups) * depth;
                foreach (var (tap, source) in taps)
                    acc += input.Dot(source * from.Channels + first, layer.Values.AsSpan(c * length + tap * depth, depth));
                layer.Finish(output, pixel * to.Channels + c, acc, c);
            }
        }
    }

    private void EvaluateFloats(NodeTypes types, ReadOnlySpan<float> input, Span<float> output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var depth = from.Channels / Groups;
        var length = Window.Taps * depth;
        var (weights, bias) = (RealLinear.Numbers(Weights).ToArray(), RealLinear.Bias(this, to.Channels));
        for (var pixel = 0; pixel < to.Height * to.Width; pixel++)
        {
            var taps = Window.Inside(from, pixel / to.Width, pixel % to.Width).ToArray();
            for (var c = 0; c < to.Channels; c++)
            {
                var sum = bias[c];
                var first = c / (to.Channels / Groups) * depth;
                foreach (var (tap, source) in taps)
                    sum = RealLinear.Add(sum, input.Slice(source * from.Channels + first, depth), weights.AsSpan(c * length + tap * depth));
                output[pixel * to.Channels + c] = Clamp.Limit(sum);
            }
        }
    }

    /// <summary>clamp(bias + sum x w).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var depth = from.Channels / Groups;
        var length = Window.Taps * depth;
        var (weights, bias) = (Weights.Reals(i => i / length), Bias?.Reals(i => i) ?? new double[to.Channels]);
        for (var pixel = 0; pixel < to.Height * to.Width; pixel++)
        {
            var taps = Window.Inside(from, pixel / to.Width, pixel % to.Width).ToArray();
            for (var c = 0; c < to.Channels; c++)
            {
                var sum = bias[c];
                var first = c / (to.Channels / Groups) * depth;
                foreach (var (tap, source) in taps)
                {
                    for (var k = 0; k < depth; k++)
                        sum += inputs[0][source * from.Channels + first + k] * weights[c * length + tap * depth + k];
                }
                output[pixel * to.Channels + c] = Clamp.Apply(sum);
            }
        }
    }
}
