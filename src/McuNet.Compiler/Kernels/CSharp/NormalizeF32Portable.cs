/// <summary>Normalisation over the channels of each pixel. Output may be the row.</summary>
internal static partial class Kernels
{
    internal static void NormalizeF32Portable(MnNormalizeF32 p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
            NormalizeF32Group(p, arena, row + 4 * x0 * p.Channels, output + 4 * x0 * p.Channels, 0);
    }
}
