using System;

/// <summary>
/// Real values in the arena, little-endian, and their bits. The library of .NET has these as functions; elsewhere two fields lie over each
/// other.
/// </summary>
internal static partial class Kernels
{
#if NET8_0_OR_GREATER
    internal static float LoadF32(sbyte[] arena, int at) =>
        BinaryPrimitives.ReadSingleLittleEndian(MemoryMarshal.AsBytes(new ReadOnlySpan<sbyte>(arena, at, 4)));

    internal static void StoreF32(sbyte[] arena, int at, float value) =>
        BinaryPrimitives.WriteSingleLittleEndian(MemoryMarshal.AsBytes(new Span<sbyte>(arena, at, 4)), value);
#else
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
#endif

#if NETCOREAPP || NETSTANDARD2_1
    internal static int SingleToBits(float value) => BitConverter.SingleToInt32Bits(value);

    internal static float BitsToSingle(int bits) => BitConverter.Int32BitsToSingle(bits);
#else
    internal static int SingleToBits(float value)
    {
        Overlay both = default(Overlay);
        both.Real = value;
        return both.Bits;
    }

    internal static float BitsToSingle(int bits)
    {
        Overlay both = default(Overlay);
        both.Bits = bits;
        return both.Real;
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)]
    private struct Overlay
    {
        [System.Runtime.InteropServices.FieldOffset(0)]
        internal float Real;

        [System.Runtime.InteropServices.FieldOffset(0)]
        internal int Bits;
    }
#endif
}
