using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record ConvTranspose
{
    /// <summary>
    /// acc = bias + sum (x - zx)(w - zw) over the input pixels that have a tap at the output pixel, in 64 bits, then
    /// clamp(round_half_even(float(acc) x ((xs x ws) / ys)) + zy).
    /// Of real numbers in float32 from the bias on, taps row by row.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Output.IsQuantized)
        {
            EvaluateFloats(types, inputs[0], output);
            return;
        }

        var length = Weights.Count / Weights.Dims[0];
        var layer = new IntegerWeights(Weights, Bias, Clamp, types, Weights.Dims[0], i => i / length);
        var input = Arithmetic.Centered(inputs[0]);
        ForEachOutput(
            types,
            (i, channel, taps) =>
            {
                long acc = layer.Bias[channel];
                foreach (var (source, weight, count) in taps)
                    acc += IntegerWeights.Dot(input.AsSpan(source, count), layer.Values.AsSpan(weight, count));
                layer.Finish(output, i, acc, channel);
            }
        );
    }

    private void EvaluateFloats(NodeTypes types, TensorData input, TensorData output)
    {
        var bias = RealLinear.Bias(this, Weights.Dims[0]);
        ForEachOutput(
            types,
            (i, channel, taps) =>
            {
                var sum = bias[channel];
                foreach (var (source, weight, count) in taps)
                    sum = RealLinear.Add(sum, input.Float32.Slice(source, count), RealLinear.Numbers(Weights)[weight..]);
                output.Float32[i] = Clamp.Limit(sum);
            }
        );
    }

    /// <summary>clamp(bias + sum x w).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var length = Weights.Count / Weights.Dims[0];
        var (weights, bias) = (Weights.Reals(i => i / length), Bias?.Reals(i => i));
        ForEachOutput(
            types,
            (i, channel, taps) =>
            {
                var sum = bias?[channel] ?? 0;
                foreach (var (source, weight, count) in taps)
                {
                    for (var k = 0; k < count; k++)
                        sum += inputs[0][source + k] * weights[weight + k];
                }
                output[i] = Clamp.Apply(sum);
            }
        );
    }

    /// <summary>For every output element its channel, and the runs of inputs and weights whose products it sums up.</summary>
    private void ForEachOutput(NodeTypes types, Action<int, int, IEnumerable<(int Source, int Weight, int Count)>> compute)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        for (var i = 0; i < to.Elements; i++)
        {
            var (y, x, c) = (i / to.Channels / to.Width, i / to.Channels % to.Width, i % to.Channels);
            compute(i, c, Taps(from, y, x, c));
        }
    }

    private IEnumerable<(int Source, int Weight, int Count)> Taps(TensorShape from, int y, int x, int channel)
    {
        var (inputs, group) = (from.Channels / Groups, channel / (Weights.Dims[0] / Groups));
        for (var i = 0; i < Window.KernelHeight; i++)
        {
            for (var j = 0; j < Window.KernelWidth; j++)
            {
                var (row, column) = (y + Window.PadTop - i * Window.DilationHeight, x + Window.PadLeft - j * Window.DilationWidth);
                if (row < 0 || column < 0 || row % Window.StrideHeight != 0 || column % Window.StrideWidth != 0)
                    continue;
                (row, column) = (row / Window.StrideHeight, column / Window.StrideWidth);
                if (row < from.Height && column < from.Width)
                    yield return (
                        (row * from.Width + column) * from.Channels + group * inputs,
                        ((channel * Window.KernelHeight + i) * Window.KernelWidth + j) * inputs,
                        inputs
                    );
            }
        }
    }
}
