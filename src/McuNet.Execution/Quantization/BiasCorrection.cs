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
    /// <returns>What to add to the biases, by output of the layer, then by channel.</returns>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses the quantised model.</exception>
    public static StageResult<Dictionary<string, ImmutableArray<float>>> Measure(
        FloatModel model,
        FloatObservation observed,
        SampleSet samples,
        ImmutableArray<int> chosen,
        QuantizationOptions options,
        Action<int> advanced
    )
    {
        var corrections = new Dictionary<string, ImmutableArray<float>>();
        foreach (var layer in model.Layers.Where(l => QdqModel.IsChosen(model, options, QdqModel.End(model, l.Output))))
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
