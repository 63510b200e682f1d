using System;

/// <summary>
/// Logarithm of softmax over the channels of a pixel: (x - largest) * InScale - log(sum of table[255 + x - largest]), added up in
/// channel order, every operation rounded on its own. Output may not overlap the row.
/// </summary>
internal static partial class Kernels
{
    internal static void LogSoftmaxS8f32Portable(MnLogSoftmax p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
        {
            int x = row + x0 * p.Channels,
                y = output + 4 * x0 * p.Channels;
            int largest = -128;
            for (int c = 0; c < p.Channels; c++)
                largest = arena[x + c] > largest ? arena[x + c] : largest;
            float sum = 0.0f;
            for (int c = 0; c < p.Channels; c++)
                sum = (float)(sum + p.Table[255 - largest + arena[x + c]]);
            float logarithm = Logarithm(sum);
            for (int c = 0; c < p.Channels; c++)
            {
                float scaled = (float)((float)(arena[x + c] - largest) * p.InScale);
                StoreF32(arena, y + 4 * c, (float)(scaled - logarithm));
            }
        }
    }

    /// <summary>With value = 1.f * 2^e and u = 1.f * 2^31, squaring u 24 times gives 24 bits of log2(1.f).</summary>
    private static float Logarithm(float value)
    {
        unchecked
        {
            uint bits = (uint)BitConverter.SingleToInt32Bits(value);
            uint mantissa = ((bits & 0x7fffffu) | 0x800000u) << 8;
            int fraction = (int)(bits >> 23) - 127;
            for (int i = 0; i < 24; i++)
            {
                ulong square = ((ulong)mantissa * mantissa) >> 31;
                uint bit = (uint)(square >> 32);
                mantissa = (uint)(square >> (int)bit);
                fraction = fraction * 2 + (int)bit;
            }
            return (float)((float)fraction * 4.13147915e-8f);
        }
    }
}
