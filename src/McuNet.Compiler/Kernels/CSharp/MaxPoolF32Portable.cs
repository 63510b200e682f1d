/// <summary>
/// Maximum over a window in float32, padding left out; the least number there is of none.
/// Rows may lie anywhere, -1 is a padding row. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
#if NET8_0_OR_GREATER
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
#endif
    internal static void MaxPoolF32Portable(MnPoolF32 p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
        {
            int first = x0 * p.Stride - p.PadLeft;
            int begin = ColumnsBegin(first, p.KernelWidth, p.Dilation);
            int end = ColumnsEnd(first, p.KernelWidth, p.Dilation, p.InWidth, begin);
            int c = 0;
#if NET8_0_OR_GREATER
            if (Vector.IsHardwareAccelerated && BitConverter.IsLittleEndian)
            {
                Vector<float> low = new Vector<float>(p.Low),
                    high = new Vector<float>(p.High);
                for (; c <= p.Channels - Vector<float>.Count; c += Vector<float>.Count)
                {
                    Vector<float> best = new Vector<float>(float.MinValue);
                    for (int ky = 0; ky < p.KernelHeight; ky++)
                    {
                        for (int kx = begin; kx < end && rows[ky] >= 0; kx++)
                        {
                            int at = rows[ky] + 4 * ((first + kx * p.Dilation) * p.Channels + c);
                            Vector<float> v = new Vector<float>(
                                MemoryMarshal.AsBytes(new ReadOnlySpan<sbyte>(arena, at, 4 * Vector<float>.Count))
                            );
                            best = Vector.ConditionalSelect(Vector.GreaterThan(v, best), v, best);
                        }
                    }
                    best = Vector.ConditionalSelect(Vector.GreaterThan(best, high), high, best);
                    best = Vector.ConditionalSelect(Vector.LessThan(best, low), low, best);
                    Span<sbyte> to = new Span<sbyte>(arena, output + 4 * (x0 * p.Channels + c), 4 * Vector<float>.Count);
                    best.CopyTo(MemoryMarshal.Cast<sbyte, float>(to));
                }
            }
#endif
            for (; c < p.Channels; c++)
            {
                float best = float.MinValue;
                for (int ky = 0; ky < p.KernelHeight; ky++)
                {
                    if (rows[ky] < 0)
                        continue;
                    for (int kx = begin; kx < end; kx++)
                    {
                        float v = LoadF32(arena, rows[ky] + 4 * ((first + kx * p.Dilation) * p.Channels + c));
                        best = v > best ? v : best;
                    }
                }
                StoreF32(arena, output + 4 * (x0 * p.Channels + c), Limit(best, p.Low, p.High));
            }
        }
    }
}
