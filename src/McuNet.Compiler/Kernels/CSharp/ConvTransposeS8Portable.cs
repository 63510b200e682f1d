/// <summary>
/// Transposed convolution, row <c>step</c> of the output: each pixel gathers the taps that fall on it. The input has <c>slots</c> rows, row r in slot
/// r mod slots; output may not overlap it.
/// </summary>
internal static partial class Kernels
{
    internal static void ConvTransposeS8Portable(MnConvTranspose p, sbyte[] arena, int input, int slots, int output, int x0, int x1, int step)
    {
        int rowBytes = p.InWidth * p.InChannels;
        for (int x = x0; x < x1; x++)
        {
            int w = 0;
            for (int c = 0; c < p.OutChannels; c++)
            {
                long acc = p.Bias[c];
                int group = input + c / p.GroupOutputs * p.GroupInputs;
                for (int i = 0; i < p.KernelHeight; i++)
                {
                    int y = step + p.PadTop - i * p.DilationHeight;
                    int row = y / p.StrideHeight;
                    if (y < 0 || row >= p.InHeight || row * p.StrideHeight != y)
                    {
                        w += p.KernelWidth * p.GroupInputs;
                        continue;
                    }
                    int pixels = group + row % slots * rowBytes;
                    for (int j = 0; j < p.KernelWidth; j++, w += p.GroupInputs)
                    {
                        int at = x + p.PadLeft - j * p.DilationWidth;
                        int column = at / p.StrideWidth;
                        if (at >= 0 && column < p.InWidth && column * p.StrideWidth == at)
                            acc += ConvTransposeDot(p, arena, pixels + column * p.InChannels, w, p.WeightZero[c]);
                    }
                }
                int steps = Round((float)((float)acc * p.Scale[c]));
                arena[output + x * p.OutChannels + c] = unchecked((sbyte)(Clamp(steps, p.OutMin - p.OutZero, p.OutMax - p.OutZero) + p.OutZero));
            }
        }
    }

    /// <summary>Sum of the products of neighbours.</summary>
    private static int ConvTransposeDot(MnConvTranspose p, sbyte[] arena, int x, int w, int weightZero)
    {
        int acc = 0;
        for (int n = 0; n < p.GroupInputs; n++)
            acc += (arena[x + n] - p.InZero) * (p.Weights[w + n] - weightZero);
        return acc;
    }
}
