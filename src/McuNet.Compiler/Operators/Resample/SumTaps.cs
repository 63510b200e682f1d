using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Of which rows or columns each output one is a weighted sum: <see cref="Taps"/> of the input from <c>First</c> on, with as many weights
/// for each output.
///
///   cubic, three to six, half pixel: positions -0.25 0.25 0.75 …; the neighbours of -0.25 are -2 -1 0 1, those before the first count as
/// the first                                    first 0 0 …, weights of 0 1 2 (three, as the input has no fourth)
/// </summary>
/// <remarks>Invariant: <c>First</c> does not fall, and the input has First + Taps.</remarks>
public sealed record SumTaps(int Taps, ImmutableArray<int> First, ImmutableArray<float> Weights)
{
    private const int CubicTaps = 4;

    public int Count => First.Length;

    /// <summary>Each output is one input.</summary>
    public static SumTaps Same(int size) => new(1, [.. Enumerable.Range(0, size)], [.. Enumerable.Repeat(1f, size)]);

    /// <summary>Convolution with cubic pieces between four neighbours.</summary>
    /// <param name="size">Of the input.</param>
    /// <param name="steepness">What ONNX calls cubic_coeff_a.</param>
    /// <param name="excludesOutside">Whether neighbours beyond the ends have no weight, instead of being those at the ends; then the sum is
    /// that of the others.</param>
    public static SumTaps Cubic(IReadOnlyList<double> positions, int size, double steepness, bool excludesOutside)
    {
        var taps = Math.Min(CubicTaps, size);
        var first = positions.Select(p => (int)Math.Clamp(Math.Floor(p) - 1, 0, size - taps)).ToImmutableArray();
        var weights = new double[positions.Count * taps];
        for (var i = 0; i < positions.Count; i++)
        {
            var begin = (int)Math.Floor(positions[i]) - 1;
            for (var n = begin; n < begin + CubicTaps; n++)
            {
                if (!excludesOutside || (n >= 0 && n < size))
                    weights[i * taps + Math.Clamp(n, 0, size - 1) - first[i]] += Piece(Math.Abs(positions[i] - n), steepness);
            }

            var sum = excludesOutside ? weights[(i * taps)..((i + 1) * taps)].Sum() : 1;
            for (var t = 0; t < taps; t++)
                weights[i * taps + t] /= sum;
        }

        return new(taps, first, [.. weights.Select(w => (float)w)]);
    }

    /// <summary>A range of outputs of an input that begins at <paramref name="start"/>.</summary>
    public SumTaps Part(int begin, int end, int start) =>
        new(Taps, [.. First[begin..end].Select(f => f - start)], Weights[(begin * Taps)..(end * Taps)]);

    private static double Piece(double distance, double a) =>
        distance <= 1 ? ((a + 2) * distance - (a + 3)) * distance * distance + 1 : ((distance - 5) * distance + 8) * distance * a - 4 * a;
}
