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
            int channels = p.OutChannels,
                zero = p.OutZero,
                low = p.OutMin,
                high = p.OutMax;
            int c = 0,
                w = 0;
            for (; c + 2 <= channels; c += 2)
            {
                int a0 = bias[c],
                    a1 = bias[c + 1],
                    b0 = a0,
                    b1 = a1,
                    n = a,
                    m = b;
#if NET8_0_OR_GREATER
                int vectored = taps / 8 * 8;
                Vector128<int> sums = Vector128.Create(a0, a1, b0, b1);
                if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian && vectored > 0)
                {
                    sums += PairsS8(arena, a, b, vectored, weights, w);
                    w += 2 * vectored;
                    if (vectored == taps && p.WeightZero == null)
                    {
                        float s0 = scale[c],
                            s1 = scale[c + 1];
                        Vector128<int> four = Requantize4(sums, Vector128.Create(s0, s1, s0, s1), zero, low, high);
                        arena[output + c] = (sbyte)four.GetElement(0);
                        arena[output + c + 1] = (sbyte)four.GetElement(1);
                        arena[output + channels + c] = (sbyte)four.GetElement(2);
                        arena[output + channels + c + 1] = (sbyte)four.GetElement(3);
                        continue;
                    }
                    a0 = sums.GetElement(0);
                    a1 = sums.GetElement(1);
                    b0 = sums.GetElement(2);
                    b1 = sums.GetElement(3);
                    n += vectored;
                    m += vectored;
                }
#endif
                for (; n < a + taps; n++, m++, w += 2)
                {
                    int x0 = arena[n],
                        y0 = arena[m],
                        w0 = weights[w],
                        w1 = weights[w + 1];
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
                int a0 = bias[c],
                    b0 = a0;
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
            int c = 0,
                w = 0;
            for (; c + 2 <= p.OutChannels; c += 2)
            {
                int a0 = p.Bias[c],
                    a1 = p.Bias[c + 1],
                    n = a;
#if NET8_0_OR_GREATER
                int vectored = taps / 8 * 8;
                if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian && vectored > 0)
                {
                    Vector128<int> sums = PairsS8(arena, a, a, vectored, weights, w);
                    a0 += sums.GetElement(0);
                    a1 += sums.GetElement(1);
                    n += vectored;
                    w += 2 * vectored;
                }
#endif
                for (; n < a + taps; n++, w += 2)
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
#if NET8_0_OR_GREATER

    /// <summary>Inner products of two channels (0, 1) and two pixels (a, b), of a multiple of eight taps: a0, a1, b0, b1.</summary>
    private static Vector128<int> PairsS8(sbyte[] arena, int a, int b, int taps, sbyte[] weights, int w)
    {
        unchecked
        {
            int n = 0;
            Vector128<int> sums = Vector128<int>.Zero;
            if (Vector256.IsHardwareAccelerated && taps >= 16)
            {
                Vector256<int> p0 = Vector256<int>.Zero,
                    p1 = p0,
                    q0 = p0,
                    q1 = p0;
                for (; n + 16 <= taps; n += 16)
                {
                    Vector256<short> pairs = Vector256.LoadUnsafe(ref weights[w + 2 * n]).AsInt16();
                    Vector256<short> even = Vector256.ShiftRightArithmetic(Vector256.ShiftLeft(pairs, 8), 8),
                        odd = Vector256.ShiftRightArithmetic(pairs, 8);
                    Vector256<short> x = Widen16(ref arena[a + n]),
                        y = Widen16(ref arena[b + n]);
                    p0 += Products(x, even);
                    p1 += Products(x, odd);
                    q0 += Products(y, even);
                    q1 += Products(y, odd);
                }
                sums = Sums(p0, p1, q0, q1);
            }
            if (n < taps)
            {
                Vector128<int> p0 = Vector128<int>.Zero,
                    p1 = p0,
                    q0 = p0,
                    q1 = p0;
                for (; n < taps; n += 8)
                {
                    Vector128<short> pairs = Vector128.LoadUnsafe(ref weights[w + 2 * n]).AsInt16();
                    Vector128<short> even = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(pairs, 8), 8),
                        odd = Vector128.ShiftRightArithmetic(pairs, 8);
                    Vector128<short> x = Widen8(ref arena[a + n]),
                        y = Widen8(ref arena[b + n]);
                    p0 += Products(x, even);
                    p1 += Products(x, odd);
                    q0 += Products(y, even);
                    q1 += Products(y, odd);
                }
                sums += Sums(p0, p1, q0, q1);
            }
            return sums;
        }
    }
#endif
}
