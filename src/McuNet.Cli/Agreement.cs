using System;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;

namespace McuNet.Cli;

/// <summary>How two tensors of the same type compare, summed over tensors.</summary>
/// <param name="Largest">Largest difference: in steps of the quantised value, or absolute for floats.</param>
/// <param name="Top1Equal">Tensors whose largest element is at the same place.</param>
public readonly record struct Agreement(long Elements, long Mismatches, double Largest, int Tensors, int Top1Equal)
{
    /// <summary>At most one step of the quantised value apart (for floats 0.00001), and the same largest element in every tensor.</summary>
    public bool IsWithinRounding => Top1Equal == Tensors && (Largest <= 1e-5 || (Largest == 1 && IsQuantized));

    private bool IsQuantized { get; init; }

    public static Agreement operator +(Agreement a, Agreement b) =>
        new(a.Elements + b.Elements, a.Mismatches + b.Mismatches, Math.Max(a.Largest, b.Largest), a.Tensors + b.Tensors, a.Top1Equal + b.Top1Equal) { IsQuantized = a.IsQuantized || b.IsQuantized };

    public static Agreement Of(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, ElementType element)
    {
        var (count, mismatches, largest) = (expected.Length / element.Size(), 0, 0.0);
        var (topExpected, topActual) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var (e, a) = (Value(expected, i, element), Value(actual, i, element));
            if (e != a)
                mismatches++;
            largest = Math.Max(largest, Math.Abs(e - a));
            if (e > Value(expected, topExpected, element))
                topExpected = i;
            if (a > Value(actual, topActual, element))
                topActual = i;
        }
        return new Agreement(count, mismatches, largest, 1, topExpected == topActual ? 1 : 0) { IsQuantized = element != ElementType.Float32 };
    }

    private static double Value(ReadOnlySpan<byte> bytes, int index, ElementType element) => element switch
    {
        ElementType.Int8 => (sbyte)bytes[index],
        ElementType.UInt8 => bytes[index],
        _ => MemoryMarshal.Cast<byte, float>(bytes)[index],
    };
}
