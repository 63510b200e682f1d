/// <summary>Normalisation of the values of one mean; <c>first</c> is their first channel. Output may be the input.</summary>
internal static partial class Kernels
{
    internal static void NormalizeF32Group(MnNormalizeF32 p, sbyte[] arena, int input, int output, int first)
    {
        int step = 4 * p.Channels * p.Groups;
        float count = (float)(p.Pixels * p.Channels),
            sum = 0.0f,
            squares = 0.0f;
        for (int i = 0; i < p.Pixels; i++)
        {
            for (int c = 0; c < p.Channels; c++)
                sum = (float)(sum + LoadF32(arena, input + i * step + 4 * c));
        }
        float mean = (float)(sum / count);
        for (int i = 0; i < p.Pixels; i++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                float distance = (float)(LoadF32(arena, input + i * step + 4 * c) - mean);
                squares = (float)(squares + (float)(distance * distance));
            }
        }
        float spread = MathSqrt((float)((float)(squares / count) + p.Epsilon));
        for (int i = 0; i < p.Pixels; i++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                int at = i * p.GainPixel + first + c;
                float scaled = (float)((float)(LoadF32(arena, input + i * step + 4 * c) - mean) / spread);
                StoreF32(arena, output + i * step + 4 * c, Limit((float)((float)(scaled * p.Gain[at]) + p.Offset[at]), p.Low, p.High));
            }
        }
    }
}
