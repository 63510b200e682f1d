using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Softmax
{
    /// <summary>
    /// Of integers, and with integers only. With n channels, m the largest value of a pixel and E = <see cref="Exponentials"/>:
    /// sum = sum E[255 + x - m] in uint32; y = min(zy + (E[255 + x - m] x round(1 / ys) + sum / 2) / sum, largest value),
    /// divisions truncating, the numerator in 64 bits. Of real numbers e = exp(x - m), y = e / sum e, added up in channel order.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var channels = types.Output.Shape.Channels;
        if (!types.Input.IsQuantized)
        {
            for (var first = 0; first < types.Output.Shape.Elements; first += channels)
                EvaluateFloats(inputs[0].Float32.Slice(first, channels), output.Float32.Slice(first, channels));
            return;
        }

        var exponentials = Exponentials(types.Input.Scale, channels);
        var steps = StepsOfOne(types.Output.Scale);
        long highest = types.Output.Element.Range().Max;
        for (var first = 0; first < types.Output.Shape.Elements; first += channels)
        {
            var largest = int.MinValue;
            for (var c = 0; c < channels; c++)
                largest = Math.Max(largest, inputs[0][first + c]);
            uint sum = 0;
            for (var c = 0; c < channels; c++)
                sum += exponentials[255 + inputs[0][first + c] - largest];
            for (var c = 0; c < channels; c++)
            {
                ulong share = (ulong)exponentials[255 + inputs[0][first + c] - largest] * steps + sum / 2;
                output[first + c] = (int)Math.Min((long)(share / sum) + types.Output.ZeroPoint, highest);
            }
        }
    }

    private static void EvaluateFloats(ReadOnlySpan<float> input, Span<float> output)
    {
        var (largest, sum) = (Largest(input), 0f);
        for (var c = 0; c < input.Length; c++)
            sum += output[c] = global::Kernels.MathExp(input[c] - largest);
        for (var c = 0; c < input.Length; c++)
            output[c] /= sum;
    }

    /// <summary>The largest number; of NaN the first counts alone.</summary>
    internal static float Largest(ReadOnlySpan<float> numbers)
    {
        var largest = numbers[0];
        foreach (var number in numbers)
            largest = number > largest ? number : largest;
        return largest;
    }

    /// <summary>exp(x) / sum exp over the channels of a pixel.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var channels = types.Output.Shape.Channels;
        for (var first = 0; first < output.Length; first += channels)
        {
            var pixel = inputs[0].AsSpan(first, channels).ToArray();
            var largest = pixel.Max();
            var sum = pixel.Sum(x => Math.Exp(x - largest));
            for (var c = 0; c < channels; c++)
                output[first + c] = Math.Exp(pixel[c] - largest) / sum;
        }
    }

    /// <summary>
    /// E[i] = round(q x exp((i - 255) x xs)) for i in [0, 256), in double precision, with q = min((2^32 - 1) / channels, 2^23 - 1)
    /// so that no sum overflows.
    /// </summary>
    public static uint[] Exponentials(float inputScale, int channels)
    {
        var table = new uint[256];
        var unit = Math.Min((double)uint.MaxValue / channels, 0x7FFFFF);
        for (var i = 0; i < table.Length; i++)
            table[i] = (uint)Math.Round(unit * Math.Exp((i - 255) * (double)inputScale), MidpointRounding.AwayFromZero);
        return table;
    }

    /// <summary>Output steps that stand for probability one: 256 for a scale of 1/256.</summary>
    public static uint StepsOfOne(float outputScale) => (uint)MathF.Round(1 / outputScale);
}
