/// <summary>
/// Inner product of one or two pixels, each <c>taps</c> contiguous inputs, with all output channels.
/// Weights: pairs of channels interleaved tap by tap, [channels / 2][taps][2], then an odd last channel as [taps].
/// Output may not overlap the inputs. <c>WeightZero</c> is null for symmetric weights, else sumA and sumB are the sums of the inputs.
/// </summary>
internal static partial class Kernels
{
    internal static void Pixels2S8(MnConv p, sbyte[] arena, int a, int b, int taps, int output, int sumA, int sumB)
    {
        unchecked
        {
            sbyte[] weights = p.Weights;
            int[] bias = p.Bias;
            float[] scale = p.Scale;
            int channels = p.OutChannels, zero = p.OutZero, low = p.OutMin, high = p.OutMax;
            int c = 0, w = 0;
            for (; c + 2 <= channels; c += 2)
            {
                int a0 = bias[c], a1 = bias[c + 1], b0 = a0, b1 = a1;
                for (int n = a, m = b; n < a + taps; n++, m++, w += 2)
                {
                    int x0 = arena[n], y0 = arena[m], w0 = weights[w], w1 = weights[w + 1];
                    a0 += x0 * w0;
                    a1 += x0 * w1;
                    b0 += y0 * w0;
                    b1 += y0 * w1;
                }
                if (p.WeightZero != null)
                {
                    a0 -= p.WeightZero[c] * sumA;
                    a1 -= p.WeightZero[c + 1] * sumA;
                    b0 -= p.WeightZero[c] * sumB;
                    b1 -= p.WeightZero[c + 1] * sumB;
                }
                arena[output + c] = Requantize(a0, scale[c], zero, low, high);
                arena[output + c + 1] = Requantize(a1, scale[c + 1], zero, low, high);
                arena[output + channels + c] = Requantize(b0, scale[c], zero, low, high);
                arena[output + channels + c + 1] = Requantize(b1, scale[c + 1], zero, low, high);
            }
            if (c < channels)
            {
                int a0 = bias[c], b0 = a0;
                for (int n = 0; n < taps; n++, w++)
                {
                    a0 += arena[a + n] * weights[w];
                    b0 += arena[b + n] * weights[w];
                }
                if (p.WeightZero != null)
                {
                    a0 -= p.WeightZero[c] * sumA;
                    b0 -= p.WeightZero[c] * sumB;
                }
                arena[output + c] = Requantize(a0, scale[c], zero, low, high);
                arena[output + channels + c] = Requantize(b0, scale[c], zero, low, high);
            }
        }
    }

    internal static void Pixel1S8(MnConv p, sbyte[] arena, int a, int taps, int output, int sumA)
    {
        unchecked
        {
            sbyte[] weights = p.Weights;
            int c = 0, w = 0;
            for (; c + 2 <= p.OutChannels; c += 2)
            {
                int a0 = p.Bias[c], a1 = p.Bias[c + 1];
                for (int n = a; n < a + taps; n++, w += 2)
                {
                    a0 += arena[n] * weights[w];
                    a1 += arena[n] * weights[w + 1];
                }
                if (p.WeightZero != null)
                {
                    a0 -= p.WeightZero[c] * sumA;
                    a1 -= p.WeightZero[c + 1] * sumA;
                }
                arena[output + c] = Requantize(a0, p.Scale[c], p.OutZero, p.OutMin, p.OutMax);
                arena[output + c + 1] = Requantize(a1, p.Scale[c + 1], p.OutZero, p.OutMin, p.OutMax);
            }
            if (c < p.OutChannels)
            {
                int a0 = p.Bias[c];
                for (int n = 0; n < taps; n++, w++)
                    a0 += arena[a + n] * weights[w];
                if (p.WeightZero != null)
                    a0 -= p.WeightZero[c] * sumA;
                arena[output + c] = Requantize(a0, p.Scale[c], p.OutZero, p.OutMin, p.OutMax);
            }
        }
    }
}
