/// <summary>Normalisation over the channels of each pixel. Output may be the row.</summary>
internal static partial class Kernels
{
    internal static void NormalizeS8Portable(MnNormalize p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
            NormalizeGroup(p, arena, row + x0 * p.Channels, output + x0 * p.Channels, 0);
    }
}
