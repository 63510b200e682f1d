/// <summary>
/// Transposed convolution in float32, row <c>step</c> of the output: each pixel gathers the taps that fall on it. The input has
/// <c>slots</c> rows, row r in slot r mod slots; output may not overlap it.
/// </summary>
internal static partial class Kernels
{
    internal static void ConvTransposeF32Portable(
        MnConvTransposeF32 p,
        sbyte[] arena,
        int input,
        int slots,
        int output,
        int x0,
        int x1,
        int step
    )
    {
        int rowBytes = 4 * p.InWidth * p.InChannels,
            at = output + 4 * x0 * p.OutChannels,
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
            for (int c = 0; c < p.OutChannels; c++, kernel += p.KernelHeight * p.KernelWidth * p.GroupInputs, at += 4)
            {
                float sum = p.Bias[c];
                int group = input + 4 * (c / p.GroupOutputs) * p.GroupInputs;
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
                        sum = RealSum(sum, arena, pixels + 4 * column * p.InChannels, p.Weights, w, 1, p.GroupInputs);
                        w += p.TapColumns * p.GroupInputs;
                    }
                }
                StoreF32(arena, at, Limit(sum, p.Low, p.High));
            }
        }
    }
}
