/// <summary>
/// A function of each element by a table of all 256 results, indexed by the element's bits. Columns hold <c>Channels</c> elements. Output
/// may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void LookupS8f32Portable(MnLookupReal p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        int end = x1 * p.Channels;
        for (int i = x0 * p.Channels; i < end; i++)
            StoreF32(arena, output + 4 * i, p.Table[arena[row + i] & 0xff]);
    }
}
