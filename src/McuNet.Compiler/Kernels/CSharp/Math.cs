using System;

/// <summary>Steps that functions of real numbers share. Every operation is rounded on its own.</summary>
internal static partial class Kernels
{
    /// <summary>2^n for n in [-126, 127].</summary>
    internal static float MathPower2(int n) => BitConverter.Int32BitsToSingle((n + 127) * 8388608);

    internal static float MathTimesPlus(float x, float y, float z) => (float)((float)(x * y) + z);
}
