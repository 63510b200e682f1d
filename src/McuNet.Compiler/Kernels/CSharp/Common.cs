using System;

/// <summary>
/// Arithmetic that every kernel shares. Requantisation is round_half_even((float)acc * scale), every step in float32; adding 1.5 * 2^23
/// leaves the rounded integer in the mantissa. Products are cast to float before they meet an addition, so nothing is contracted.
/// </summary>
internal static partial class Kernels
{
    private const float RoundLimit = 4194304.0f;

    internal static int Clamp(int value, int low, int high) => value < low ? low : value > high ? high : value;

    /// <summary>round_half_even(value), saturated at 2^22; 0 for NaN.</summary>
    internal static int Round(float value) => float.IsNaN(value) ? 0 : RoundNumber(value);

    private static int RoundNumber(float value)
    {
        float bounded = value < -RoundLimit ? -RoundLimit : value > RoundLimit ? RoundLimit : value;
        return unchecked(BitConverter.SingleToInt32Bits((float)(bounded + 12582912.0f)) - 0x4b400000);
    }

    /// <summary>clamp(round_half_even((float)acc * scale) + zero, low, high), bits of an 8-bit element.</summary>
    internal static sbyte Requantize(int acc, float scale, int zero, int low, int high) =>
        unchecked((sbyte)Clamp(RoundNumber((float)((float)acc * scale)) + zero, low, high));

    /// <summary>The element at an offset of the arena; its bytes are little-endian.</summary>
    internal static int LoadS8(sbyte[] arena, int at) => arena[at];

    internal static int LoadU8(sbyte[] arena, int at) => arena[at] & 0xff;

    internal static float LoadF32(sbyte[] arena, int at) => unchecked(BitConverter.Int32BitsToSingle(
        (byte)arena[at] | (byte)arena[at + 1] << 8 | (byte)arena[at + 2] << 16 | arena[at + 3] << 24));

    internal static void StoreS8(sbyte[] arena, int at, int value) => arena[at] = (sbyte)value;

    internal static void StoreU8(sbyte[] arena, int at, int value) => arena[at] = unchecked((sbyte)value);

    internal static void StoreF32(sbyte[] arena, int at, float value)
    {
        unchecked
        {
            int bits = BitConverter.SingleToInt32Bits(value);
            arena[at] = (sbyte)bits;
            arena[at + 1] = (sbyte)(bits >> 8);
            arena[at + 2] = (sbyte)(bits >> 16);
            arena[at + 3] = (sbyte)(bits >> 24);
        }
    }
}
