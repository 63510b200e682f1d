/// <summary>
/// Convolutions whose channels are in groups, one output at a time. Weights of each group as for Pixels2S8: pairs of channels
/// interleaved tap by tap, then an odd last channel. Rows may lie anywhere, -1 is a padding row; output may not overlap the rows. Scratch:
/// taps.
/// </summary>
internal static partial class Kernels
{
    private static void ConvGrouped(MnConvGrouped p, sbyte[] arena, int[] rows, int output, int x0, int x1, int scratch)
    {
        int inputs = p.InChannels / p.Groups,
            outputs = p.OutChannels / p.Groups,
            taps = p.KernelHeight * p.KernelWidth * inputs;
        for (; x0 < x1; x0++)
        {
            for (int g = 0; g < p.Groups; g++)
            {
                GroupGather(p, arena, rows, x0, g * inputs, inputs, scratch);
                int sum = 0;
                for (int n = 0; p.WeightZero != null && n < taps; n++)
                    sum += arena[scratch + n];
                for (int c = 0; c < outputs; c++)
                {
                    bool paired = c < outputs / 2 * 2;
                    int channel = g * outputs + c,
                        step = paired ? 2 : 1;
                    int w = paired ? (g * outputs + c / 2 * 2) * taps + c % 2 : channel * taps;
                    int acc = p.Bias[channel];
                    for (int n = 0; n < taps; n++, w += step)
                        acc += arena[scratch + n] * p.Weights[w];
                    if (p.WeightZero != null)
                        acc -= p.WeightZero[channel] * sum;
                    arena[output + x0 * p.OutChannels + channel] = Requantize(acc, p.Scale[channel], p.OutZero, p.OutMin, p.OutMax);
                }
            }
        }
    }

    /// <summary>
    /// Copies the inputs of a group, which begin at channel <paramref name="first"/>, under the window at output column x into the arena at
    /// <c>patch</c>.
    /// </summary>
    private static void GroupGather(MnConvGrouped p, sbyte[] arena, int[] rows, int x, int first, int inputs, int patch)
    {
        for (int ky = 0; ky < p.KernelHeight; ky++)
        {
            for (int kx = 0; kx < p.KernelWidth; kx++, patch += inputs)
            {
                int column = x * p.Stride - p.PadLeft + kx * p.Dilation;
                bool inside = rows[ky] >= 0 && column >= 0 && column < p.InWidth;
                for (int c = 0; c < inputs; c++)
                    arena[patch + c] = inside ? arena[rows[ky] + column * p.InChannels + first + c] : (sbyte)p.InZero;
            }
        }
    }
}
