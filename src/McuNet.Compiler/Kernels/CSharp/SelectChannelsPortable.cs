/// <summary>Output channel c of pixels [x0, x1) is input channel source[c], elements of any type. Output may not overlap the row.</summary>
internal static partial class Kernels
{
    internal static void SelectChannelsPortable(MnSelectChannels p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        int to = output + x0 * p.Channels * p.Size;
        for (; x0 < x1; x0++)
        {
            int pixel = row + x0 * p.Pixel;
            for (int c = 0; c < p.Channels; c++)
            {
                for (int i = 0; i < p.Size; i++)
                    arena[to++] = arena[pixel + p.Source[c] * p.Size + i];
            }
        }
    }
}
