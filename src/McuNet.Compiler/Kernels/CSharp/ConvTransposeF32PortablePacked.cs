/// <summary>
/// Transposed convolution in float32 by packed weights, row <c>step</c> of the output: each pixel gathers the taps that fall on it. The
/// input has
/// <c>slots</c> rows, row r in slot r mod slots; output may not overlap it.
/// </summary>
internal static partial class Kernels
{
    internal static void ConvTransposeF32PortablePacked(
        MnConvTransposePacked p,
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
        int taps = p.KernelHeight * p.KernelWidth * p.GroupInputs;
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
            for (int c = 0; c < p.OutChannels; c++, at += 4)
            {
                float sum = p.Bias[c];
                int group = input + 4 * (c / p.GroupOutputs) * p.GroupInputs;
                for (int i = firstI, row = firstRow; i < p.KernelHeight && row >= 0; i += p.TapRows, row -= p.PlaceRows)
                {
                    int pixels = group + row % slots * rowBytes;
                    for (
                        int j = firstJ, column = firstColumn;
                        j < p.KernelWidth && column >= 0;
                        j += p.TapColumns, column -= p.PlaceColumns
                    )
                    {
                        int tap = (i * p.KernelWidth + j) * p.GroupInputs;
                        sum = PackedSum(
                            sum,
                            arena,
                            pixels + 4 * column * p.InChannels,
                            p.GroupInputs,
                            p.Weights,
                            p.Scale,
                            p.Zero,
                            p.Bits,
                            p.Zeros,
                            p.Group,
                            p.Scales,
                            taps,
                            c,
                            1,
                            tap
                        );
                    }
                }
                StoreF32(arena, at, Limit(sum, p.Low, p.High));
            }
        }
    }
}
