/// <summary>
/// Linear resize, row <c>step</c> of the output, columns before rows. Row r of the input lies in slot r mod slots; a row or column of no
/// weight is not read. Output may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void ResizeLinearF32Portable(
        MnResizeLinearF32 p,
        sbyte[] arena,
        int input,
        int slots,
        int output,
        int x0,
        int x1,
        int step
    )
    {
        float below = p.RowWeights[step];
        int first = p.Rows[step],
            next = first + (below > 0.0f ? 1 : 0);
        int top = input + 4 * (first % slots) * p.Row,
            bottom = input + 4 * (next % slots) * p.Row;
        for (; x0 < x1; x0++)
        {
            float right = p.ColumnWeights[x0];
            int left = 4 * p.Columns[x0] * p.Channels,
                beside = right > 0.0f ? 4 * p.Channels : 0;
            for (int c = 0; c < p.Channels; c++, left += 4)
            {
                float above = ResizeBetween(LoadF32(arena, top + left), LoadF32(arena, top + left + beside), right);
                float under = ResizeBetween(LoadF32(arena, bottom + left), LoadF32(arena, bottom + left + beside), right);
                StoreF32(arena, output + 4 * (x0 * p.Channels + c), Limit(ResizeBetween(above, under, below), p.Low, p.High));
            }
        }
    }

    private static float ResizeBetween(float from, float to, float way) => (float)((float)(from * (float)(1.0f - way)) + (float)(to * way));
}
