using System;

/// <summary>
/// Inner product of one or two pixels, each <c>taps</c> contiguous inputs, with all output channels.
/// Weights: pairs of channels interleaved tap by tap, [channels / 2][taps][2], then an odd last channel as [taps].
/// Output may not overlap the inputs. <c>weightZero</c> is empty for symmetric weights, else sumA and sumB are the sums of the inputs.
/// </summary>
internal static partial class Kernels
{
    internal static void Pixels2S8(sbyte[] arena, int a, int b, int taps, int output, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scale, int outChannels, int outZero, int outMin, int outMax, ReadOnlySpan<sbyte> weightZero, int sumA,
        int sumB)
    {
        unchecked
        {
            ReadOnlySpan<sbyte> x = new ReadOnlySpan<sbyte>(arena, a, taps);
            ReadOnlySpan<sbyte> y = new ReadOnlySpan<sbyte>(arena, b, taps);
            int c = 0;
            for (; c + 2 <= outChannels; c += 2)
            {
                ReadOnlySpan<sbyte> w = weights.Slice(c * taps, 2 * taps);
                int a0 = bias[c], a1 = bias[c + 1], b0 = a0, b1 = a1;
                for (int n = 0, t = 0; n < x.Length && n < y.Length && t + 1 < w.Length; n++, t += 2)
                {
                    int x0 = x[n], y0 = y[n], w0 = w[t], w1 = w[t + 1];
                    a0 += x0 * w0;
                    a1 += x0 * w1;
                    b0 += y0 * w0;
                    b1 += y0 * w1;
                }
                if (weightZero.Length > 0)
                {
                    a0 -= weightZero[c] * sumA;
                    a1 -= weightZero[c + 1] * sumA;
                    b0 -= weightZero[c] * sumB;
                    b1 -= weightZero[c + 1] * sumB;
                }
                arena[output + c] = Requantize(a0, scale[c], outZero, outMin, outMax);
                arena[output + c + 1] = Requantize(a1, scale[c + 1], outZero, outMin, outMax);
                arena[output + outChannels + c] = Requantize(b0, scale[c], outZero, outMin, outMax);
                arena[output + outChannels + c + 1] = Requantize(b1, scale[c + 1], outZero, outMin, outMax);
            }
            if (c < outChannels)
            {
                ReadOnlySpan<sbyte> w = weights.Slice(c * taps, taps);
                int a0 = bias[c], b0 = a0;
                for (int n = 0; n < w.Length; n++)
                {
                    a0 += x[n] * w[n];
                    b0 += y[n] * w[n];
                }
                if (weightZero.Length > 0)
                {
                    a0 -= weightZero[c] * sumA;
                    b0 -= weightZero[c] * sumB;
                }
                arena[output + c] = Requantize(a0, scale[c], outZero, outMin, outMax);
                arena[output + outChannels + c] = Requantize(b0, scale[c], outZero, outMin, outMax);
            }
        }
    }

    internal static void Pixel1S8(sbyte[] arena, int a, int taps, int output, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scale, int outChannels, int outZero, int outMin, int outMax, ReadOnlySpan<sbyte> weightZero, int sumA)
    {
        unchecked
        {
            ReadOnlySpan<sbyte> x = new ReadOnlySpan<sbyte>(arena, a, taps);
            int c = 0;
            for (; c + 2 <= outChannels; c += 2)
            {
                ReadOnlySpan<sbyte> w = weights.Slice(c * taps, 2 * taps);
                int a0 = bias[c], a1 = bias[c + 1];
                for (int n = 0, t = 0; n < x.Length && t + 1 < w.Length; n++, t += 2)
                {
                    a0 += x[n] * w[t];
                    a1 += x[n] * w[t + 1];
                }
                if (weightZero.Length > 0)
                {
                    a0 -= weightZero[c] * sumA;
                    a1 -= weightZero[c + 1] * sumA;
                }
                arena[output + c] = Requantize(a0, scale[c], outZero, outMin, outMax);
                arena[output + c + 1] = Requantize(a1, scale[c + 1], outZero, outMin, outMax);
            }
            if (c < outChannels)
            {
                ReadOnlySpan<sbyte> w = weights.Slice(c * taps, taps);
                int a0 = bias[c];
                for (int n = 0; n < w.Length; n++)
                    a0 += x[n] * w[n];
                if (weightZero.Length > 0)
                    a0 -= weightZero[c] * sumA;
                arena[output + c] = Requantize(a0, scale[c], outZero, outMin, outMax);
            }
        }
    }
}
