using System;

/// <summary>
/// As DenseS8Portable, for weights with zero points. Weights: [outputs / 4][inCount][4], then the outputs that are left as [rest][inCount].
/// Output may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void DenseS8PortableAsym(sbyte[] arena, int input, int output, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scale, int inCount, int outCount, int inZero, int outZero, int outMin, int outMax,
        ReadOnlySpan<sbyte> weightZero)
    {
        unchecked
        {
            ReadOnlySpan<sbyte> x = new ReadOnlySpan<sbyte>(arena, input, inCount);
            int sum = SumS8(arena, input, inCount);
            int c = 0;
            for (; c + 4 <= outCount; c += 4)
            {
                ReadOnlySpan<sbyte> w = weights.Slice(c * inCount, 4 * inCount);
                int a0 = bias[c] - weightZero[c] * sum, a1 = bias[c + 1] - weightZero[c + 1] * sum;
                int a2 = bias[c + 2] - weightZero[c + 2] * sum, a3 = bias[c + 3] - weightZero[c + 3] * sum;
                for (int n = 0, t = 0; n < x.Length && t + 3 < w.Length; n++, t += 4)
                {
                    int x0 = x[n];
                    a0 += x0 * w[t];
                    a1 += x0 * w[t + 1];
                    a2 += x0 * w[t + 2];
                    a3 += x0 * w[t + 3];
                }
                arena[output + c] = Requantize(a0, scale[c], outZero, outMin, outMax);
                arena[output + c + 1] = Requantize(a1, scale[c + 1], outZero, outMin, outMax);
                arena[output + c + 2] = Requantize(a2, scale[c + 2], outZero, outMin, outMax);
                arena[output + c + 3] = Requantize(a3, scale[c + 3], outZero, outMin, outMax);
            }
            for (; c < outCount; c++)
            {
                ReadOnlySpan<sbyte> w = weights.Slice(c * inCount, inCount);
                int acc = bias[c] - weightZero[c] * sum;
                for (int n = 0; n < x.Length && n < w.Length; n++)
                    acc += x[n] * w[n];
                arena[output + c] = Requantize(acc, scale[c], outZero, outMin, outMax);
            }
        }
    }
}
