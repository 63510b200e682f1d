using System;

/// <summary>
/// Normalisations: values of <c>Pixels</c> pixels and <c>Channels</c> channels have one mean. Gains and offsets are in output steps, of
/// each channel, or of each value where <c>GainPixel</c> leads from a pixel to the next. Output may be the input.
/// </summary>
internal static partial class Kernels
{
    /// <summary>1 / sqrt(value): a start from the bits of value, and three of Newton's steps, every product rounded.</summary>
    private static float InverseRoot(float value)
    {
        float root = BitConverter.Int32BitsToSingle(0x5f3759df - (BitConverter.SingleToInt32Bits(value) >> 1));
        float half = (float)(value * 0.5f);
        for (int i = 0; i < 3; i++)
        {
            float product = (float)(half * (float)(root * root));
            root = (float)(root * (float)(1.5f - product));
        }
        return root;
    }

    private static void NormalizeGroup(MnNormalize p, sbyte[] arena, int input, int output, int first)
    {
        int step = p.Channels * p.Groups,
            count = p.Pixels * p.Channels,
            sum = 0;
        long squares = 0;
        for (int i = 0; i < p.Pixels; i++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                int value = arena[input + i * step + c] - p.InZero;
                sum += value;
                squares += value * value;
            }
        }
        float spread = (float)((float)(count * squares - (long)sum * sum) * p.Square);
        float unit = (float)(InverseRoot((float)(spread + p.Epsilon)) * p.Unit);
        for (int i = 0; i < p.Pixels; i++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                int at = i * step + c,
                    constant = first + i * p.GainPixel + c;
                float centred = (float)((float)(count * (arena[input + at] - p.InZero) - sum) * unit);
                float steps = (float)((float)(centred * p.Gain[constant]) + p.Offset[constant]);
                arena[output + at] = (sbyte)(Clamp(Round(steps), p.OutMin - p.OutZero, p.OutMax - p.OutZero) + p.OutZero);
            }
        }
    }
}
