/// <summary>
/// Arithmetic that every kernel shares. Requantisation is round_half_even((float)acc * scale), every step in float32; adding 1.5 * 2^23
/// leaves no place for a fraction, and taking it off again is exact. Every result is cast to float before it meets another operation, so nothing
/// is contracted, and a processor that computes with more digits rounds where the others do.
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
        return (int)((float)(bounded + 12582912.0f) - 12582912.0f);
    }

    /// <summary>clamp(round_half_even((float)acc * scale) + zero, low, high), bits of an 8-bit element.</summary>
    internal static sbyte Requantize(int acc, float scale, int zero, int low, int high) =>
        unchecked((sbyte)Clamp(RoundNumber((float)((float)acc * scale)) + zero, low, high));

    /// <summary>The element at an offset of the arena; its bytes are little-endian.</summary>
    internal static int LoadS8(sbyte[] arena, int at) => arena[at];

    internal static int LoadU8(sbyte[] arena, int at) => arena[at] & 0xff;

    internal static void StoreS8(sbyte[] arena, int at, int value) => arena[at] = (sbyte)value;

    internal static void StoreU8(sbyte[] arena, int at, int value) => arena[at] = unchecked((sbyte)value);
}
