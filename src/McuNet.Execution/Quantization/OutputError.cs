using System;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Quantization;

/// <summary>How far the first output of a quantised model is from that of the float model.</summary>
/// <param name="SqnrDb">Power of the output over power of its error, in decibels; infinite where they are equal.</param>
/// <param name="Agrees">Samples on which the decision is that of the float model.</param>
/// <param name="Correct">Samples on which it is that of the label; null without labels.</param>
public sealed record OutputError(int Samples, double SqnrDb, int Agrees, int? Correct)
{
    /// <summary>Share of the samples on which the two decide otherwise, 0 to 1.</summary>
    public double Differing => 1 - Agrees / (double)Samples;

    /// <summary>Power of the error, as a share of that of the output.</summary>
    internal double Noise => double.IsInfinity(SqnrDb) ? 0 : Math.Pow(10, -SqnrDb / 10);

    /// <summary>The first output of a model for each sample, without ONNX Runtime's own fusing, which would compute integers in place of
    /// what is rounded.</summary>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime is missing or refuses the model.</exception>
    internal static float[][] Outputs(OnnxModel model, SampleSet samples)
    {
        using var network = new SampleNetwork(model, OnnxOptimisation.Disabled);
        return [.. Enumerable.Range(0, samples.Count).Select(i => network.Run(samples[i])[0].Numbers())];
    }

    internal static OutputError Of(float[][] expected, float[][] actual, SampleSet samples)
    {
        var (sqnr, agrees, correct) = (default(Sqnr), 0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            sqnr.Add(expected[i], actual[i]);
            var decided = Decision.Of(actual[i]);
            agrees += decided == Decision.Of(expected[i]) ? 1 : 0;
            correct += decided == samples.Labels?[i] ? 1 : 0;
        }
        return new(expected.Length, sqnr.Decibels, agrees, samples.Labels is null ? null : correct);
    }
}

/// <summary>How close a quantised model must be to the float model: in decisions, or in the power of its error.</summary>
public sealed record AccuracyTarget
{
    private readonly double _limit;
    private readonly bool _countsDecisions;

    private AccuracyTarget(double limit, bool countsDecisions) => (_limit, _countsDecisions) = (limit, countsDecisions);

    /// <summary>One decision in a hundred.</summary>
    public static AccuracyTarget Default { get; } = OfDecisions(0.01);

    /// <param name="differing">Largest share of the samples that may be decided otherwise, 0 to 1.</param>
    public static AccuracyTarget OfDecisions(double differing) => new(differing, countsDecisions: true);

    /// <param name="decibels">Least signal to noise of the first output.</param>
    public static AccuracyTarget OfNoise(double decibels) => new(decibels, countsDecisions: false);

    public bool IsMet(OutputError error) => _countsDecisions ? error.Differing <= _limit : error.SqnrDb >= _limit;

    /// <summary>What an error is, in the unit of the target.</summary>
    public string Describe(OutputError error) =>
        _countsDecisions
            ? string.Create(CultureInfo.InvariantCulture, $"{error.Differing:0.00%} of {error.Samples:N0} decisions differ")
            : string.Create(CultureInfo.InvariantCulture, $"the output is {error.SqnrDb:0.0} dB above its noise");

    public override string ToString() =>
        _countsDecisions
            ? string.Create(CultureInfo.InvariantCulture, $"{_limit:0.##%}")
            : string.Create(CultureInfo.InvariantCulture, $"{_limit:0.#} dB");
}
