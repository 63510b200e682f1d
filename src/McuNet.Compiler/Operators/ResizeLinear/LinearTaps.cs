using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Where each row or column of a linear resize lies between two of the input: <c>(units - Weight) * input[First] + Weight * input[First +
/// 1]</c>, in units.
///
///   two to four, half pixel: positions -0.25 0.25 0.75 1.25, clamped to 0 0.25 0.75 1
///                            units 4, first 0 0 0 1, weight 0 1 3 0
/// </summary>
/// <remarks>Invariant: positions do not fall, 0 &lt;= Weight &lt; Units, and where Weight is not 0 the input has First + 1.</remarks>
public sealed record LinearTaps(int Units, ImmutableArray<int> First, ImmutableArray<int> Weight)
{
    /// <summary>The largest number of units, with which the sums of rows and columns stay within 30 bits.</summary>
    public const int MostUnits = 2048;

    /// <summary>
    /// How far a position may lie from a multiple of a unit and still be meant by it: float32 scales are as far from the ratios that they
    /// stand for.
    /// </summary>
    private const double Near = 1e-5;

    public int Count => First.Length;

    /// <summary>The fewest units of which all positions are multiples; where there are none, positions are rounded to one of
    /// <paramref name="fallback"/>.</summary>
    /// <param name="size">Of the input; positions are clamped to its first and last.</param>
    /// <param name="fallback">Units where no few will do; real numbers take more than integers, whose sums have 32 bits.</param>
    public static LinearTaps Of(IReadOnlyList<double> positions, int size, int fallback = MostUnits)
    {
        double[] clamped = [.. positions.Select(p => Math.Clamp(p, 0, size - 1))];
        var units = Enumerable
            .Range(1, MostUnits)
            .FirstOrDefault(u => clamped.All(p => Math.Abs(p * u - Math.Round(p * u)) <= Near * u), fallback);
        int[] places = [.. clamped.Select(p => (int)Math.Round(p * units))];
        return new(units, [.. places.Select(p => p / units)], [.. places.Select(p => p % units)]);
    }

    /// <summary>In at most so many units, to which positions are rounded.</summary>
    public LinearTaps Within(int most)
    {
        if (Units <= most)
            return this;
        int[] places = [.. First.Select((first, i) => first * most + (int)Math.Round(Weight[i] * (double)most / Units))];
        return new(most, [.. places.Select(p => p / most)], [.. places.Select(p => p % most)]);
    }

    /// <summary>The part of the way from the first to the next, in float32.</summary>
    public float Way(int output) => Weight[output] / (float)Units;

    /// <summary>One past the last input row or column that an output one reads.</summary>
    public int End(int output) => First[output] + (Weight[output] == 0 ? 1 : 2);

    /// <summary>A range of outputs of an input that begins at <paramref name="start"/>.</summary>
    public LinearTaps Part(int begin, int end, int start) => new(Units, [.. First[begin..end].Select(f => f - start)], Weight[begin..end]);
}
