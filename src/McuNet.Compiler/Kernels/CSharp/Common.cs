/// <summary>
/// Arithmetic that every kernel shares. Requantisation is round_half_even((float)acc * scale), every step in float32; adding 1.5 * 2^23
/// leaves no place for a fraction, and taking it off again is exact. Every result is cast to float before it meets another operation, so
/// nothing is contracted, and a processor that computes with more digits rounds where the others do.
/// </summary>
internal static partial class Kernels
{
    private const float RoundLimit = 4194304.0f;

    internal static int Clamp(int value, int low, int high) =>
        value < low ? low
        : value > high ? high
        : value;

    /// <summary>round_half_even(value), saturated at 2^22; 0 for NaN.</summary>
    internal static int Round(float value) => float.IsNaN(value) ? 0 : RoundNumber(value);

    private static int RoundNumber(float value)
    {
        float bounded =
            value < -RoundLimit ? -RoundLimit
            : value > RoundLimit ? RoundLimit
            : value;
        return (int)((float)(bounded + 12582912.0f) - 12582912.0f);
    }

    /// <summary>clamp(round_half_even((float)acc * scale) + zero, low, high).</summary>
    internal static int RequantizeInt(int acc, float scale, int zero, int low, int high) =>
        Clamp(RoundNumber((float)((float)acc * scale)) + zero, low, high);

    /// <summary>The same of a sum of 64 bits, which becomes a float32 by one rounding.</summary>
    internal static int RequantizeLong(long acc, float scale, int zero, int low, int high) =>
        Clamp(RoundNumber((float)((float)acc * scale)) + zero, low, high);

    /// <summary>The same, bits of an 8-bit element.</summary>
    internal static sbyte Requantize(int acc, float scale, int zero, int low, int high) =>
        unchecked((sbyte)RequantizeInt(acc, scale, zero, low, high));

    /// <summary>The element at an offset of the arena; its bytes are little-endian.</summary>
    internal static int LoadS8(sbyte[] arena, int at) => arena[at];

    internal static int LoadU8(sbyte[] arena, int at) => arena[at] & 0xff;

    internal static int LoadS16(sbyte[] arena, int at) => unchecked((byte)arena[at] | arena[at + 1] << 8);

    internal static void StoreS8(sbyte[] arena, int at, int value) => arena[at] = (sbyte)value;

    internal static void StoreU8(sbyte[] arena, int at, int value) => arena[at] = unchecked((sbyte)value);

    internal static void StoreS16(sbyte[] arena, int at, int value)
    {
        unchecked
        {
            arena[at] = (sbyte)value;
            arena[at + 1] = (sbyte)(value >> 8);
        }
    }
#if NET8_0_OR_GREATER

    private static Vector256<short> Widen16(ref sbyte first)
    {
        Vector128<sbyte> bytes = Vector128.LoadUnsafe(ref first);
        return Avx2.IsSupported
            ? Avx2.ConvertToVector256Int16(bytes)
            : Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
    }

    private static Vector128<short> Widen8(ref sbyte first) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref first))).AsSByte());

    private static Vector128<int> Widen4(ref sbyte first)
    {
        Vector128<sbyte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<int>(ref Unsafe.As<sbyte, byte>(ref first))).AsSByte();
        return Sse41.IsSupported ? Sse41.ConvertToVector128Int32(bytes) : Vector128.WidenLower(Vector128.WidenLower(bytes));
    }

    /// <summary>The sums of the elements of four vectors.</summary>
    private static Vector128<int> Sums(Vector128<int> a, Vector128<int> b, Vector128<int> c, Vector128<int> d) =>
        Ssse3.IsSupported
            ? Ssse3.HorizontalAdd(Ssse3.HorizontalAdd(a, b), Ssse3.HorizontalAdd(c, d))
            : Vector128.Create(Vector128.Sum(a), Vector128.Sum(b), Vector128.Sum(c), Vector128.Sum(d));

    private static Vector128<int> Sums(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d) =>
        Sums(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper(), c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper());

    /// <summary>Four of what <see cref="Requantize"/> gives, as 32-bit integers.</summary>
    private static Vector128<int> Requantize4(Vector128<int> sums, Vector128<float> scales, int zero, int low, int high)
    {
        Vector128<float> limit = Vector128.Create(RoundLimit),
            whole = Vector128.Create(12582912.0f);
        Vector128<float> bounded = Vector128.Min(Vector128.Max(Vector128.ConvertToSingle(sums) * scales, -limit), limit);
        Vector128<int> rounded = Vector128.ConvertToInt32(bounded + whole - whole) + Vector128.Create(zero);
        return Vector128.Min(Vector128.Max(rounded, Vector128.Create(low)), Vector128.Create(high));
    }

    /// <summary>Stores the low bytes of four integers one behind the other.</summary>
    private static void Store4(ref sbyte first, Vector128<int> values) =>
        Unsafe.WriteUnaligned(
            ref Unsafe.As<sbyte, byte>(ref first),
            Vector128.Narrow(Vector128.Narrow(values, values), Vector128<short>.Zero).AsInt32().ToScalar()
        );

    /// <summary>Products of bytes, which fit 16 bits, added by twos; which two differs between processors.</summary>
    private static Vector256<int> Products(Vector256<short> x, Vector256<short> y)
    {
        if (Avx2.IsSupported)
            return Avx2.MultiplyAddAdjacent(x, y);
        Vector256<short> products = x * y;
        return Vector256.WidenLower(products) + Vector256.WidenUpper(products);
    }

    private static Vector128<int> Products(Vector128<short> x, Vector128<short> y)
    {
        if (Sse2.IsSupported)
            return Sse2.MultiplyAddAdjacent(x, y);
        Vector128<short> products = x * y;
        return Vector128.WidenLower(products) + Vector128.WidenUpper(products);
    }
#endif
}
