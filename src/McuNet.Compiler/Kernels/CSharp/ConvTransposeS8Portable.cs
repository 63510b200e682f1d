/// <summary>
/// Transposed convolution, row <c>step</c> of the output: each pixel gathers the taps that fall on it. The input has <c>slots</c> rows, row
/// r in slot r mod slots; output may not overlap it.
/// </summary>
internal static partial class Kernels
{
    internal static void ConvTransposeS8Portable(
        MnConvTranspose p,
        sbyte[] arena,
        int input,
        int slots,
        int output,
        int x0,
        int x1,
        int step
    )
    {
        int rowBytes = p.InWidth * p.InChannels,
            at = output + x0 * p.OutChannels,
            firstRow,
            firstColumn;
        int firstI = ConvTransposeFirst(
            step + p.PadTop,
            p.StrideHeight,
            p.DilationHeight,
            p.KernelHeight,
            p.InHeight,
            p.TapRows,
            p.PlaceRows,
            out firstRow
        );
        for (; x0 < x1; x0++)
        {
            int firstJ = ConvTransposeFirst(
                x0 + p.PadLeft,
                p.StrideWidth,
                p.DilationWidth,
                p.KernelWidth,
                p.InWidth,
                p.TapColumns,
                p.PlaceColumns,
                out firstColumn
            );
            int kernel = firstJ * p.GroupInputs;
            for (int c = 0; c < p.OutChannels; c++, kernel += p.KernelHeight * p.KernelWidth * p.GroupInputs)
            {
                long acc = p.Bias[c];
                int group = input + c / p.GroupOutputs * p.GroupInputs;
                for (int i = firstI, row = firstRow; i < p.KernelHeight && row >= 0; i += p.TapRows, row -= p.PlaceRows)
                {
                    int pixels = group + row % slots * rowBytes,
                        w = kernel + i * p.KernelWidth * p.GroupInputs;
                    for (
                        int j = firstJ, column = firstColumn;
                        j < p.KernelWidth && column >= 0;
                        j += p.TapColumns, column -= p.PlaceColumns
                    )
                    {
                        acc += ConvTransposeDot(p, arena, pixels + column * p.InChannels, w, p.WeightZero[c]);
                        w += p.TapColumns * p.GroupInputs;
                    }
                }
                int steps = Round((float)((float)acc * p.Scale[c]));
                arena[at++] = unchecked((sbyte)(Clamp(steps, p.OutMin - p.OutZero, p.OutMax - p.OutZero) + p.OutZero));
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
