using System;

namespace McuNet.Compiler.Quantization;

/// <summary>
/// The values that a tensor has taken, in bins [i w, (i + 1) w) whose width w is the smallest power of two with which <see cref="Bins"/>
/// bins on either side of zero cover all of them. Bins merge in pairs when w doubles, so the result depends neither on order nor on
/// batches. Mutable: an accumulator.
/// </summary>
public sealed class ValueHistogram
{
    /// <summary>Bins on either side of zero.</summary>
    public const int Bins = 8192;

    private const int SmallestExponent = -126;

    private readonly long[] _counts = new long[2 * Bins];
    private int _exponent = SmallestExponent;

    public long Count { get; private set; }

    public float Min { get; private set; } = float.PositiveInfinity;

    public float Max { get; private set; } = float.NegativeInfinity;

    /// <summary>Whether a value was infinite or not a number. Such values are not counted.</summary>
    public bool HasNonFinite { get; private set; }

    public void Add(ReadOnlySpan<float> values)
    {
        var (min, max) = (Min, Max);
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                HasNonFinite = true;
            else
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        if (min > max)
            return;
        (Min, Max) = (min, max);
        Widen();
        var inverse = Math.ScaleB(1.0, -_exponent);
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                continue;
            _counts[(int)Math.Floor(value * inverse) + Bins]++;
            Count++;
        }
    }

    /// <summary>The range by a method; zero to zero where nothing was seen.</summary>
    public ValueRange Range(RangeMethod method, double percentile) =>
        Count == 0
            ? default
            : method switch
            {
                RangeMethod.Percentile => Percentile(percentile),
                RangeMethod.Mse => LeastError(),
                _ => new(Min, Max),
            };

    private double Width => Math.ScaleB(1.0, _exponent);

    private void Widen()
    {
        var exponent = _exponent;
        while (Math.Max(-(double)Min, Max) * Math.ScaleB(1.0, -exponent) >= Bins)
            exponent++;
        if (exponent == _exponent)
            return;
        var shift = Math.Min(exponent - _exponent, 31);
        var old = (long[])_counts.Clone();
        Array.Clear(_counts);
        for (var i = 0; i < old.Length; i++)
            _counts[((i - Bins) >> shift) + Bins] += old[i];
        _exponent = exponent;
    }

    private ValueRange Percentile(double percentile)
    {
        var outside = (long)(Count * (100 - percentile) / 200);
        var (low, high) = (0, _counts.Length - 1);
        for (long below = 0; below + _counts[low] <= outside; low++)
            below += _counts[low];
        for (long above = 0; above + _counts[high] <= outside; high--)
            above += _counts[high];
        return new(Math.Max(Min, (float)((low - Bins) * Width)), Math.Min(Max, (float)((high + 1 - Bins) * Width)));
    }

    /// <summary>Each end in turn is moved inwards in 64ths of its distance from zero, as long as the error falls.</summary>
    private ValueRange LeastError()
    {
        const int Rounds = 3;
        const int Cuts = 64;
        var full = new ValueRange(Min, Max).WithZero;
        var (best, least) = (full, Error(full));
        for (var round = 0; round < Rounds; round++)
        {
            for (var cut = 1; cut < Cuts; cut++)
            {
                var part = 1 - (float)cut / Cuts;
                foreach (var candidate in new[] { best with { Max = full.Max * part }, best with { Min = full.Min * part } })
                {
                    var error = Error(candidate);
                    if (error < least)
                        (best, least) = (candidate, error);
                }
            }
        }

        return best;
    }

    private double Error(ValueRange range)
    {
        var step = ((double)range.Max - range.Min) / 255;
        var (error, inside) = (0.0, 0L);
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0)
                continue;
            var value = (i - Bins + 0.5) * Width;
            var clipped =
                value > range.Max ? value - range.Max
                : value < range.Min ? range.Min - value
                : 0;
            error += _counts[i] * clipped * clipped;
            inside += clipped == 0 ? _counts[i] : 0;
        }

        return error + inside * step * step / 12;
    }
}
