using System;

/// <summary>
/// Real values in the arena, little-endian, and their bits, by what .NET nanoFramework has: the bits of a double. A float is a double
/// exactly, so its bits are those of the double with another bias of the exponent; below 2^-126 the leading one of the double moves into
/// the fraction.
/// </summary>
internal static partial class Kernels
{
    internal static float LoadF32(sbyte[] arena, int at) =>
        unchecked(BitsToSingle((byte)arena[at] | (byte)arena[at + 1] << 8 | (byte)arena[at + 2] << 16 | arena[at + 3] << 24));

    internal static void StoreF32(sbyte[] arena, int at, float value)
    {
        unchecked
        {
            int bits = SingleToBits(value);
            arena[at] = (sbyte)bits;
            arena[at + 1] = (sbyte)(bits >> 8);
            arena[at + 2] = (sbyte)(bits >> 16);
            arena[at + 3] = (sbyte)(bits >> 24);
        }
    }

    internal static int SingleToBits(float value)
    {
        unchecked
        {
            long bits = BitConverter.DoubleToInt64Bits(value);
            int sign = (int)(bits >> 32) & int.MinValue;
            int exponent = (int)(bits >> 52) & 0x7ff;
            int fraction = (int)(bits >> 29) & 0x7fffff;
            if (exponent == 0x7ff)
                return sign | 0x7f800000 | fraction;
            if (exponent >= 897)
                return sign | (exponent - 896) << 23 | fraction;
            return exponent == 0 ? sign : sign | (0x800000 | fraction) >> (897 - exponent);
        }
    }

    internal static float BitsToSingle(int bits)
    {
        unchecked
        {
            long sign = (long)(bits & int.MinValue) << 32;
            int exponent = (bits >> 23) & 0xff;
            int fraction = bits & 0x7fffff;
            long wide =
                exponent == 0
                    ? BitConverter.DoubleToInt64Bits(fraction * 1.4012984643248171e-45)
                    : (long)(exponent == 0xff ? 0x7ff : exponent + 896) << 52 | (long)fraction << 29;
            return (float)BitConverter.Int64BitsToDouble(sign | wide);
        }
    }
}
