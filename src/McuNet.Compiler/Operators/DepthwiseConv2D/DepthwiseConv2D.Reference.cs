using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record DepthwiseConv2D
{
    /// <summary>As <see cref="Conv2D"/>, with one input channel per output channel.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Input.IsQuantized)
        {
            EvaluateFloats(types, inputs[0].Float32, output.Float32);
            return;
        }

        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var (layer, multiplier) = (
            new IntegerWeights(Weights, Bias, Clamp, types, to.Channels, i => i % to.Channels),
            to.Channels / from.Channels
        );
        var input = Arithmetic.CenteredWide(inputs[0]);
        var acc = new long[to.Channels];
        for (var pixel = 0; pixel < to.Height * to.Width; pixel++)
        {
            Array.Copy(layer.Bias, acc, acc.Length);
            foreach (var (tap, source) in Window.Inside(from, pixel / to.Width, pixel % to.Width))
            {
                for (var c = 0; c < acc.Length; c++)
                    acc[c] += input[source * from.Channels + c / multiplier] * layer.Values[tap * acc.Length + c];
            }

            for (var c = 0; c < acc.Length; c++)
                layer.Finish(output, pixel * acc.Length + c, acc[c], c);
        }
    }

    private void EvaluateFloats(NodeTypes types, ReadOnlySpan<float> input, Span<float> output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var (weights, bias, multiplier) = (
            RealLinear.Numbers(Weights).ToArray(),
            RealLinear.Bias(this, to.Channels),
            to.Channels / from.Channels
        );
        var sums = new float[to.Channels];
        for (var pixel = 0; pixel < to.Height * to.Width; pixel++)
        {
            bias.CopyTo(sums, 0);
            foreach (var (tap, source) in Window.Inside(from, pixel / to.Width, pixel % to.Width))
            {
                for (var c = 0; c < sums.Length; c++)
                    sums[c] += input[source * from.Channels + c / multiplier] * weights[tap * sums.Length + c];
            }

            for (var c = 0; c < sums.Length; c++)
                output[pixel * sums.Length + c] = Clamp.Limit(sums[c]);
        }
    }

    /// <summary>clamp(bias + sum x w).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var (weights, bias, multiplier) = (Weights.Reals(i => i % to.Channels), Bias?.Reals(i => i), to.Channels / from.Channels);
        for (var i = 0; i < output.Length; i++)
        {
            var (pixel, c) = (i / to.Channels, i % to.Channels);
            var sum = bias?[c] ?? 0;
            foreach (var (tap, source) in Window.Inside(from, pixel / to.Width, pixel % to.Width))
                sum += inputs[0][source * from.Channels + c / multiplier] * weights[tap * to.Channels + c];
            output[i] = Clamp.Apply(sum);
        }
    }
}
