using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Quantization;

/// <summary>
/// Takes the mean error of each output channel out of the layer's bias, layer by layer: each is measured with all layers before it
/// quantised and corrected, so that what it corrects is its own error and what they left over. (Nagel et al., Data-Free Quantization
/// through Weight Equalization and Bias Correction, ICCV 2019, the empirical form.)
/// </summary>
public static class BiasCorrection
{
    /// <summary>Samples over which means are taken.</summary>
    public const int Samples = 256;

    /// <returns>What to add to the biases, by output of the layer, then by channel; nothing where the options want none.</returns>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses the quantised model.</exception>
    public static StageResult<Dictionary<string, ImmutableArray<float>>> Of(
        FloatModel model,
        FloatObservation observed,
        SampleSet samples,
        QuantizationOptions options,
        Action<int> advanced
    )
    {
        var corrections = new Dictionary<string, ImmutableArray<float>>();
        var chosen = samples.Spread(Samples);
        bool IsRounded(LinearLayer layer) => QdqModel.FormatOf(model, options, QdqModel.End(model, layer.Output)) != ActivationFormat.Real;
        foreach (var layer in options.CorrectBias ? model.Layers.Where(IsRounded) : [])
        {
            var built = QdqModel.Build(model, observed.Ranges, options, corrections);
            if (!built.Succeeded)
                return StageResult<Dictionary<string, ImmutableArray<float>>>.Failure(built.Diagnostics);
            var slice = ModelSlice.Giving(built.Value, [QdqModel.Unrounded(model, layer.Output)]);
            using var network = new SampleNetwork(slice, OnnxOptimisation.Disabled);
            var means = new ChannelMeans(layer.Channels);
            foreach (var sample in chosen)
                means.Add(network.Run(samples[sample])[0].Floats);
            corrections[layer.Output] = [.. observed.Means[layer.Output].Zip(means.Values, (real, quantized) => (float)(real - quantized))];
            advanced(corrections.Count);
        }
        return StageResult<Dictionary<string, ImmutableArray<float>>>.Success(corrections);
    }
}
