using System;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Quantization;

/// <summary>
/// The float model in ONNX Runtime, the quantised one in ONNX Runtime, and the generated C of it on this machine, on the same samples.
/// Decisions are made on the first output.
/// </summary>
/// <param name="CodeCorrect">Null without labels, and, as <paramref name="CodeAgrees"/>, where this machine has no C compiler.</param>
/// <param name="FloatCorrect">Decisions that equal the label; null without labels.</param>
/// <param name="QuantizedAgrees">Decisions of the quantised model that equal those of the float model.</param>
/// <param name="CodeAgrees">Decisions of the generated C that equal those of the quantised model in ONNX Runtime.</param>
/// <param name="Elements">Elements of the first output compared between generated C and ONNX Runtime.</param>
/// <param name="Mismatches">Of these, how many differ.</param>
/// <param name="Largest">By how much at most: steps of a quantised output, else an absolute difference.</param>
public sealed record AccuracyReport(
    int Samples,
    int? FloatCorrect,
    int? QuantizedCorrect,
    int? CodeCorrect,
    int QuantizedAgrees,
    int? CodeAgrees,
    long Elements,
    long Mismatches,
    double Largest
)
{
    /// <summary>A count as a share of the samples.</summary>
    public double? Share(int? count) => count / (double)Samples;

    /// <param name="floatModel">The float model as it was given, not as quantisation rewrote it.</param>
    public static StageResult<AccuracyReport> Measure(
        byte[] floatModel,
        QuantizedModel quantized,
        SampleSet samples,
        Action<QuantizationProgress>? progress = null
    )
    {
        progress ??= _ => { };
        var code = HostNetwork.Run(quantized.Graph, samples, done => progress(new("generated C", done, samples.Count)));
        if (!code.Succeeded && code.Diagnostics[0].Id != DiagnosticCatalog.ToolMissing.Id)
            return StageResult<AccuracyReport>.Failure(code.Diagnostics);
        try
        {
            using var real = new SampleNetwork(floatModel, OnnxOptimisation.Default);
            using var integer = new SampleNetwork(quantized.ToBytes(), OnnxOptimisation.Default);
            var tally = new Tally(quantized);
            for (var i = 0; i < samples.Count; i++)
            {
                var sample = samples[i];
                tally.Add(real.Run(sample)[0].Numbers(), integer.Run(sample)[0].Numbers(), code.ValueOrNull?[i], samples.Labels?[i]);
                progress(new("accuracy", i + 1, samples.Count));
            }
            return StageResult<AccuracyReport>.Success(tally.Report(samples.Labels is not null, code.Succeeded));
        }
        catch (OnnxRuntimeException problem)
        {
            return StageResult<AccuracyReport>.Failure(problem.Diagnostic);
        }
    }

    private sealed class Tally(QuantizedModel model)
    {
        private int _samples,
            _float,
            _quantized,
            _code,
            _quantizedAgrees,
            _codeAgrees;
        private long _elements,
            _mismatches;
        private double _largest;

        public void Add(ReadOnlySpan<float> real, ReadOnlySpan<float> integer, byte[]? code, int? label)
        {
            var (byFloat, byInteger) = (Decision.Of(real), Decision.Of(integer));
            _samples++;
            _float += byFloat == label ? 1 : 0;
            _quantized += byInteger == label ? 1 : 0;
            _quantizedAgrees += byInteger == byFloat ? 1 : 0;
            if (code is not null)
                AddCode(integer, byInteger, code, label);
        }

        private void AddCode(ReadOnlySpan<float> integer, int byInteger, byte[] code, int? label)
        {
            var port = model.Graph.Outputs[0];
            var (expected, actual) = (PortValues.Numbers(model.Graph, port, integer), PortValues.Numbers(model.Graph, port, code));
            var byCode = Decision.Of(PortValues.Reals(model.Graph, port, code));
            _code += byCode == label ? 1 : 0;
            _codeAgrees += byCode == byInteger ? 1 : 0;
            _elements += expected.Length;
            foreach (var difference in expected.Zip(actual, (e, a) => Math.Abs((double)e - a)).Where(d => d > 0))
                (_mismatches, _largest) = (_mismatches + 1, Math.Max(_largest, difference));
        }

        public AccuracyReport Report(bool labelled, bool withCode) =>
            new(
                _samples,
                labelled ? _float : null,
                labelled ? _quantized : null,
                labelled && withCode ? _code : null,
                _quantizedAgrees,
                withCode ? _codeAgrees : null,
                _elements,
                _mismatches,
                _largest
            );
    }
}
