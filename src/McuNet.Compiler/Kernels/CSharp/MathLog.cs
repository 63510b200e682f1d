using System;

/// <summary>
/// Natural logarithm, within 2 units in the last place: a polynomial after a reduction of the range, with the
/// coefficients of the Cephes library. Every operation is rounded on its own.
/// </summary>
internal static partial class Kernels
{
    internal static float MathLog(float x)
    {
        if (!(x > 0.0f))
            return x == 0.0f ? float.NegativeInfinity : float.NaN;
        if (x > float.MaxValue)
            return x;
        int exponent = 0;
        if (x < 1.17549435e-38f)
        {
            x = (float)(x * 8388608.0f);
            exponent = -23;
        }
        int bits = BitConverter.SingleToInt32Bits(x);
        exponent += (bits >> 23) - 126;
        float f = BitConverter.Int32BitsToSingle((bits & 0x7fffff) | 0x3f000000);
        if (f < 0.707106769f)
        {
            exponent--;
            f = (float)(f + f);
        }
        f = (float)(f - 1.0f);
        float square = (float)(f * f),
            turns = (float)exponent;
        float y = MathTimesPlus(7.03768358e-2f, f, -1.15146101e-1f);
        y = MathTimesPlus(y, f, 1.16769984e-1f);
        y = MathTimesPlus(y, f, -1.24201410e-1f);
        y = MathTimesPlus(y, f, 1.42493233e-1f);
        y = MathTimesPlus(y, f, -1.66680574e-1f);
        y = MathTimesPlus(y, f, 2.00007141e-1f);
        y = MathTimesPlus(y, f, -2.49999940e-1f);
        y = MathTimesPlus(y, f, 3.33333313e-1f);
        y = (float)((float)(y * f) * square);
        y = MathTimesPlus(turns, -2.12194442e-4f, y);
        y = MathTimesPlus(square, -0.5f, y);
        return MathTimesPlus(turns, 0.693359375f, (float)(f + y));
    }
}
