/// <summary>Samples of a whole image at the places of one row, x and y of each. Output may overlap neither.</summary>
internal static partial class Kernels
{
    internal static void GridSampleF32Portable(MnGridSample p, sbyte[] arena, int image, int places, int output, int x0, int x1)
    {
        int before = p.Taps == 4 ? 1 : 0;
        for (int to = output + 4 * x0 * p.Channels; x0 < x1; x0++, to += 4 * p.Channels)
        {
            float x = GridCoordinate(p, LoadF32(arena, places + 8 * x0), p.Width),
                y = GridCoordinate(p, LoadF32(arena, places + 8 * x0 + 4), p.Height);
            float left = MathFloor(x),
                top = MathFloor(y);
            for (int c = 0; c < p.Channels; c++)
                StoreF32(arena, to + 4 * c, 0.0f);
            for (int i = 0; i < p.Taps; i++)
            {
                int row = GridIndex(p, (int)top - before + i, p.Height);
                for (int j = 0; j < p.Taps && row >= 0; j++)
                {
                    int column = GridIndex(p, (int)left - before + j, p.Width);
                    if (column < 0)
                        continue;
                    float weight = (float)(GridWeight(p.Taps, (float)(y - top), i) * GridWeight(p.Taps, (float)(x - left), j));
                    int pixel = image + 4 * (row * p.Width + column) * p.Channels;
                    for (int c = 0; c < 4 * p.Channels; c += 4)
                        StoreF32(arena, to + c, (float)(LoadF32(arena, to + c) + (float)(weight * LoadF32(arena, pixel + c))));
                }
            }
            for (int c = 0; c < 4 * p.Channels; c += 4)
                StoreF32(arena, to + c, Limit(LoadF32(arena, to + c), p.Low, p.High));
        }
    }
}
