using System;

/// <summary>Fully connected layer for weights with zero points. Weights: [outCount][inCount]. Output may not overlap the input.</summary>
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
            for (int c = 0; c < outCount; c++)
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
