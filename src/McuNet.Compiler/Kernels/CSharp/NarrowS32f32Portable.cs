/// <summary>Each element, four bytes, the lowest first, as a real number, the nearest where there are several. Output may not overlap the
/// input.</summary>
internal static partial class Kernels
{
    internal static void NarrowS32f32Portable(MnNumbers p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        int end = x1 * p.Channels;
        for (int i = x0 * p.Channels; i < end; i++)
        {
            int at = row + 4 * i;
            int value = (arena[at] & 255) | (arena[at + 1] & 255) << 8 | (arena[at + 2] & 255) << 16 | arena[at + 3] << 24;
            StoreF32(arena, output + 4 * i, (float)value);
        }
    }
}
