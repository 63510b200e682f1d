using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record LogSoftmax
{
    /// <summary>
    /// With m the largest value of a pixel and E = <see cref="Exponentials"/>:
    /// sum = E[255 + x - m] added up in float32 in channel order; y = (x - m) x xs - log(sum).
    /// Product and difference are rounded on their own, and log is <see cref="Logarithm"/>, so every executor gives the same bits.
    /// Of real numbers (x - m) - log(sum exp(x - m)), added up in channel order, with the logarithm of the kernels on real numbers.
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

        var exponentials = Exponentials(types.Input.Scale);
        for (var first = 0; first < types.Output.Shape.Elements; first += channels)
        {
            var largest = int.MinValue;
            for (var c = 0; c < channels; c++)
                largest = Math.Max(largest, inputs[0][first + c]);
            var sum = 0f;
            for (var c = 0; c < channels; c++)
                sum += exponentials[255 + inputs[0][first + c] - largest];
            var logarithm = Logarithm(sum);
            for (var c = 0; c < channels; c++)
            {
                var distance = (inputs[0][first + c] - largest) * types.Input.Scale;
                output.Float32[first + c] = distance - logarithm;
            }
        }
    }

    private static void EvaluateFloats(ReadOnlySpan<float> input, Span<float> output)
    {
        var (largest, sum) = (Softmax.Largest(input), 0f);
        for (var c = 0; c < input.Length; c++)
            sum += global::Kernels.MathExp(input[c] - largest);
        var logarithm = global::Kernels.MathLog(sum);
        for (var c = 0; c < input.Length; c++)
        {
            var distance = input[c] - largest;
            output[c] = distance - logarithm;
        }
    }

    /// <summary>x - log(sum exp) over the channels of a pixel.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var channels = types.Output.Shape.Channels;
        for (var first = 0; first < output.Length; first += channels)
        {
            var pixel = inputs[0].AsSpan(first, channels).ToArray();
            var largest = pixel.Max();
            var logarithm = largest + Math.Log(pixel.Sum(x => Math.Exp(x - largest)));
            for (var c = 0; c < channels; c++)
                output[first + c] = pixel[c] - logarithm;
        }
    }

    /// <summary>E[i] = exp((i - 255) x xs) for i in [0, 256), computed in double precision, rounded to float32.</summary>
    public static float[] Exponentials(float inputScale)
    {
        var table = new float[256];
        for (var i = 0; i < table.Length; i++)
            table[i] = (float)Math.Exp((i - 255) * (double)inputScale);
        return table;
    }

    /// <summary>
    /// Natural logarithm of a float32 of at least 1, by integers: with sum = 1.f x 2^e and u = 1.f x 2^31, squaring u 24 times gives 24
    /// bits of log2(1.f), one per step (u = u x u >> 31; if that reaches 2^32, the bit is 1 and u halves). The result is
    /// float(e x 2^24 + bits) x 4.13147915e-8 (ln 2 / 2^24 in float32).
    /// </summary>
    public static float Logarithm(float sum)
    {
        var bits = BitConverter.SingleToUInt32Bits(sum);
        var mantissa = ((bits & 0x7FFFFF) | 0x800000) << 8;
        var fraction = (int)(bits >> 23) - 127;
        for (var i = 0; i < 24; i++)
        {
            var square = ((ulong)mantissa * mantissa) >> 31;
            var bit = (int)(square >> 32);
            mantissa = (uint)(square >> bit);
            fraction = fraction * 2 + bit;
        }

        return fraction * 4.13147915e-8f;
    }
}
