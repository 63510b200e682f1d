using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Quantization;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Quantization;

/// <summary>How far a tensor of the quantised model is from that of the float model, all errors before it included.</summary>
/// <param name="Node">The node that makes it.</param>
/// <param name="SqnrDb">Power of the tensor over power of the error, in decibels; infinite where they are equal.</param>
public sealed record LayerNoise(string Node, string Tensor, double SqnrDb)
{
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses a model.</exception>
    internal static ImmutableArray<LayerNoise> Measure(
        FloatModel model,
        OnnxModel quantized,
        QuantizationOptions options,
        SampleSet samples,
        ImmutableArray<int> chosen
    )
    {
        var tensors = QdqModel
            .RoundedTensors(model)
            .Where(t => QdqModel.FormatOf(model, options, t.Tensor) != ActivationFormat.Real)
            .ToArray();
        if (tensors.Length == 0)
            return [];
        using var real = new SampleNetwork(ModelSlice.Giving(model.Model, [.. tensors.Select(t => t.Tensor)]), OnnxOptimisation.Default);
        using var rounded = new SampleNetwork(
            ModelSlice.Giving(quantized, [.. tensors.Select(t => QdqModel.Rounded(model, t.Tensor))]),
            OnnxOptimisation.Disabled
        );
        var sqnr = new Sqnr[tensors.Length];
        foreach (var index in chosen)
        {
            var sample = samples[index];
            var (expected, actual) = (real.Run(sample), rounded.Run(sample));
            for (var t = 0; t < tensors.Length; t++)
                sqnr[t].Add(expected[t].Floats, actual[t].Floats);
        }
        return [.. tensors.Select((t, i) => new LayerNoise(t.Node, t.Tensor, sqnr[i].Decibels))];
    }
}
