using System;

namespace McuNet.Execution.Quantization;

/// <summary>Power of a signal over power of its error.</summary>
public record struct Sqnr
{
    private double _signal;
    private double _noise;

    /// <summary>In decibels; infinite where nothing differs.</summary>
    public readonly double Decibels => _noise == 0 ? double.PositiveInfinity : 10 * Math.Log10(_signal / _noise);

    public void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = (double)expected[i] - actual[i];
            _signal += (double)expected[i] * expected[i];
            _noise += difference * difference;
        }
    }
}
