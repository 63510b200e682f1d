/// <summary>
/// As DenseS8Portable, for weights with zero points. Weights: [outputs / 4][InCount][4], then the outputs that are left as [rest][InCount].
/// Output may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void DenseS8PortableAsym(MnDense p, sbyte[] arena, int input, int output)
    {
        unchecked
        {
            sbyte[] weights = p.Weights;
            int count = p.InCount;
            int sum = SumS8(arena, input, p.InCount);
            int c = 0,
                w = 0;
            for (; c + 4 <= p.OutCount; c += 4)
            {
                int a0 = p.Bias[c] - p.WeightZero[c] * sum,
                    a1 = p.Bias[c + 1] - p.WeightZero[c + 1] * sum;
                int a2 = p.Bias[c + 2] - p.WeightZero[c + 2] * sum,
                    a3 = p.Bias[c + 3] - p.WeightZero[c + 3] * sum;
                for (int n = 0; n < count; n++, w += 4)
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
                int acc = p.Bias[c] - p.WeightZero[c] * sum;
                for (int n = 0; n < count; n++, w++)
                    acc += arena[input + n] * weights[w];
                arena[output + c] = Requantize(acc, p.Scale[c], p.OutZero, p.OutMin, p.OutMax);
            }
        }
    }
}
