/// <summary>
/// Change of quantisation by table: table[bits of the input] is the output's byte. Columns hold <c>Channels</c> elements.
/// Output may be the input.
/// </summary>
internal static partial class Kernels
{
    internal static void RequantizeU8u8Portable(MnLookup p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        int end = x1 * p.Channels;
        for (int i = x0 * p.Channels; i < end; i++)
            arena[output + i] = p.Table[arena[row + i] & 0xff];
    }
}
