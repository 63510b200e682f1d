/// <summary>
/// Depthwise convolution in general: OutChannels is a multiple of InChannels, weights may have zero points (WeightZero null: none).
/// Weights: [OutChannels][taps]. Rows may lie anywhere, -1 is a padding row. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void DepthwiseS8PortableMultiplier(MnConv p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        unchecked
        {
            int multiplier = p.OutChannels / p.InChannels;
            output += x0 * p.OutChannels;
            for (; x0 < x1; x0++, output += p.OutChannels)
            {
                int first = x0 * p.Stride - p.PadLeft;
                int tap = 0;
                for (int c = 0; c < p.OutChannels; c++)
                {
                    int input = c / multiplier;
                    int zero = p.WeightZero != null ? p.WeightZero[c] : 0;
                    int acc = p.Bias[c];
                    for (int ky = 0; ky < p.KernelHeight; ky++)
                    {
                        int row = rows[ky];
                        int column = first;
                        for (int kx = 0; kx < p.KernelWidth; kx++, column += p.Dilation, tap++)
                        {
                            bool inside = row >= 0 && (uint)column < (uint)p.InWidth;
                            acc += (inside ? arena[row + column * p.InChannels + input] : p.InZero) * (p.Weights[tap] - zero);
                        }
                    }
                    arena[output + c] = Requantize(acc, p.Scale[c], p.OutZero, p.OutMin, p.OutMax);
                }
            }
        }
    }
}
