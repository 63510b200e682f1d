/// <summary>Each element less <c>Zero</c>, as four bytes, the lowest first. Columns hold <c>Channels</c> elements. Output may not overlap
/// the input.</summary>
internal static partial class Kernels
{
    internal static void WidenS8s32Portable(MnWiden p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        int end = x1 * p.Channels;
        for (int i = x0 * p.Channels; i < end; i++)
        {
            int value = arena[row + i] - p.Zero;
            int at = output + 4 * i;
            unchecked
            {
                arena[at] = (sbyte)value;
                arena[at + 1] = (sbyte)(value >> 8);
                arena[at + 2] = (sbyte)(value >> 16);
                arena[at + 3] = (sbyte)(value >> 24);
            }
        }
    }
}
