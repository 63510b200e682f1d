using System;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;

namespace McuNet.Execution.Cases;

/// <summary>How two tensors of the same type compare, summed over tensors.</summary>
/// <param name="Largest">Largest difference: in steps of the quantised value, or absolute for floats.</param>
/// <param name="Top1Equal">Tensors whose largest element is at the same place.</param>
public readonly record struct Agreement(long Elements, long Mismatches, double Largest, int Tensors, int Top1Equal)
{
    /// <summary>Difference of real tensors that the order of their sums explains, over the largest magnitude.</summary>
    private const double RealTolerance = 1e-4;

    /// <summary>At most one step of the quantised value apart (of real tensors a ten-thousandth of their largest number), and the same
    /// largest element in every tensor.</summary>
    public bool IsWithinRounding => Top1Equal == Tensors && Quantized <= 1 && Relative <= RealTolerance;

    /// <summary>Largest difference of quantised tensors.</summary>
    private double Quantized { get; init; }

    /// <summary>Largest difference of a real tensor over the largest magnitude in it.</summary>
    private double Relative { get; init; }

    public static Agreement operator +(Agreement a, Agreement b) =>
        new(
            a.Elements + b.Elements,
            a.Mismatches + b.Mismatches,
            Math.Max(a.Largest, b.Largest),
            a.Tensors + b.Tensors,
            a.Top1Equal + b.Top1Equal
        )
        {
            Quantized = Math.Max(a.Quantized, b.Quantized),
            Relative = Math.Max(a.Relative, b.Relative),
        };

    public static Agreement Of(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, ElementType element)
    {
        var (count, mismatches, largest, magnitude) = (expected.Length / element.Size(), 0, 0.0, 0.0);
        var (topExpected, topActual) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var (e, a) = (Value(expected, i, element), Value(actual, i, element));
            if (e != a)
                mismatches++;
            largest = Math.Max(largest, Math.Abs(e - a));
            magnitude = Math.Max(magnitude, Math.Abs(e));
            if (e > Value(expected, topExpected, element))
                topExpected = i;
            if (a > Value(actual, topActual, element))
                topActual = i;
        }
        return new Agreement(count, mismatches, largest, 1, topExpected == topActual ? 1 : 0)
        {
            Quantized = element == ElementType.Float32 ? 0 : largest,
            Relative =
                element != ElementType.Float32 ? 0
                : magnitude == 0 ? largest
                : largest / magnitude,
        };
    }

    private static double Value(ReadOnlySpan<byte> bytes, int index, ElementType element) =>
        element switch
        {
            ElementType.Int8 => (sbyte)bytes[index],
            ElementType.UInt8 => bytes[index],
            ElementType.Int32 => MemoryMarshal.Cast<byte, int>(bytes)[index],
            _ => MemoryMarshal.Cast<byte, float>(bytes)[index],
        };
}
