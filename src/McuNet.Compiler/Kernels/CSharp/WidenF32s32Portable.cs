/// <summary>
/// Each element without its fraction, as four bytes, the lowest first: beyond the range of int32 the nearest, 0 of what is no number.
/// Output may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void WidenF32s32Portable(MnNumbers p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        int end = x1 * p.Channels;
        for (int i = x0 * p.Channels; i < end; i++)
        {
            float x = LoadF32(arena, row + 4 * i);
            int value = 0;
            if (x >= 2147483648.0f)
                value = 2147483647;
            else if (x > -2147483648.0f)
                value = (int)x;
            else if (x <= -2147483648.0f)
                value = -2147483647 - 1;
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
