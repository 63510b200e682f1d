/// <summary>
/// Fully connected layer, four outputs at a time. Weights: [outputs / 4][InCount][4], then the outputs that are left as
/// [rest][InCount]. Output may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void DenseS8Portable(MnDense p, sbyte[] arena, int input, int output)
    {
        unchecked
        {
            sbyte[] weights = p.Weights;
            int count = p.InCount;
            int c = 0,
                w = 0;
            for (; c + 4 <= p.OutCount; c += 4)
            {
                int a0 = p.Bias[c],
                    a1 = p.Bias[c + 1],
                    a2 = p.Bias[c + 2],
                    a3 = p.Bias[c + 3];
                int n = 0;
#if NET8_0_OR_GREATER
                if (Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian && count >= 8)
                {
                    Vector256<int> s0 = Vector256<int>.Zero,
                        s1 = s0,
                        s2 = s0,
                        s3 = s0;
                    for (; n + 8 <= count; n += 8, w += 32)
                    {
                        Vector256<int> x = Vector256.Create(Widen4(ref arena[input + n]), Widen4(ref arena[input + n + 4]));
                        Vector256<short> first = (x & Vector256.Create(0xffff)).AsInt16(),
                            second = Vector256.ShiftLeft(x, 16).AsInt16();
                        Vector256<short> words = Vector256.LoadUnsafe(ref weights[w]).AsInt16();
                        Vector256<short> even = Vector256.ShiftRightArithmetic(Vector256.ShiftLeft(words, 8), 8),
                            odd = Vector256.ShiftRightArithmetic(words, 8);
                        s0 += Products(first, even);
                        s1 += Products(first, odd);
                        s2 += Products(second, even);
                        s3 += Products(second, odd);
                    }
                    Vector128<int> sums = Sums(s0, s1, s2, s3);
                    a0 += sums.GetElement(0);
                    a1 += sums.GetElement(1);
                    a2 += sums.GetElement(2);
                    a3 += sums.GetElement(3);
                }
#endif
                for (; n < count; n++, w += 4)
                {
                    int x = arena[input + n];
                    a0 += x * weights[w];
                    a1 += x * weights[w + 1];
                    a2 += x * weights[w + 2];
                    a3 += x * weights[w + 3];
                }
                arena[output + c] = Requantize(a0, p.Scale[c], p.OutZero, p.OutMin, p.OutMax);
                arena[output + c + 1] = Requantize(a1, p.Scale[c + 1], p.OutZero, p.OutMin, p.OutMax);
                arena[output + c + 2] = Requantize(a2, p.Scale[c + 2], p.OutZero, p.OutMin, p.OutMax);
                arena[output + c + 3] = Requantize(a3, p.Scale[c + 3], p.OutZero, p.OutMin, p.OutMax);
            }
            for (; c < p.OutCount; c++)
            {
                int acc = p.Bias[c];
                for (int n = 0; n < count; n++, w++)
                    acc += arena[input + n] * weights[w];
                arena[output + c] = Requantize(acc, p.Scale[c], p.OutZero, p.OutMin, p.OutMax);
            }
        }
    }
}
