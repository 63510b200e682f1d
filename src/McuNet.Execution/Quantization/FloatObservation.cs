using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Quantization;

/// <summary>What the float model does on calibration data: the range of every tensor, and the mean of every layer's output channels on some
/// of it.</summary>
/// <param name="Means">By output of a layer, then by channel.</param>
public sealed record FloatObservation(
    ImmutableDictionary<string, ValueRange> Ranges,
    ImmutableDictionary<string, ImmutableArray<double>> Means
)
{
    /// <returns>MCU3010 where a tensor is not finite.</returns>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime is missing or refuses the model.</exception>
    public static StageResult<FloatObservation> Of(FloatModel model, SampleSet samples, QuantizationOptions options, Action<int> advanced)
    {
        var input = model.Model.Graph.Inputs[0].Name;
        var histograms = model.Observed.ToDictionary(t => t, _ => new ValueHistogram());
        var means = model.Layers.ToDictionary(l => l.Output, l => new ChannelMeans(l.Channels));
        var selected = samples.Spread(BiasCorrection.Samples).ToHashSet();
        var tensors = histograms.Keys.Union(means.Keys).Where(t => t != input).Order(StringComparer.Ordinal).ToArray();
        using var network = new SampleNetwork(ModelSlice.Giving(model.Model, tensors), OnnxOptimisation.Default);
        for (var i = 0; i < samples.Count; i++)
        {
            var sample = samples[i];
            if (histograms.TryGetValue(input, out var ofInput))
                ofInput.Add(sample);
            foreach (var tensor in network.Run(sample))
            {
                if (histograms.TryGetValue(tensor.Name, out var histogram))
                    histogram.Add(tensor.Floats);
                if (selected.Contains(i) && means.TryGetValue(tensor.Name, out var mean))
                    mean.Add(tensor.Floats);
            }
            advanced(i + 1);
        }
        if (histograms.FirstOrDefault(h => h.Value.HasNonFinite).Key is { } broken)
            return StageResult<FloatObservation>.Failure(Diagnostic.Create(DiagnosticCatalog.RangeNotFinite, broken));
        return StageResult<FloatObservation>.Success(
            new(
                histograms.ToImmutableDictionary(h => h.Key, h => RangeOf(h.Key, h.Value, input, samples, options)),
                means.ToImmutableDictionary(m => m.Key, m => m.Value.Values)
            )
        );
    }

    /// <summary>An input is never clipped: what the application hands over is not noise. That of pixels is known without
    /// measuring.</summary>
    private static ValueRange RangeOf(string tensor, ValueHistogram histogram, string input, SampleSet samples, QuantizationOptions options)
    {
        if (options.KnownRanges.TryGetValue(tensor, out var known))
            return known;
        return tensor == input
            ? samples.Range ?? histogram.Range(RangeMethod.MinMax, 100)
            : histogram.Range(options.Method, options.Percentile);
    }
}
