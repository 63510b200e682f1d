using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Quantization;

/// <summary>What one layer in int8 or int16 costs where all else stays float32: its weights and what it gives are rounded.</summary>
/// <param name="Node">The node whose result is rounded; the input of the model goes under its own name.</param>
public sealed record LayerCost(string Node, string Tensor, OutputError Error)
{
    /// <param name="format">What the layer is rounded to.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses a model.</exception>
    internal static StageResult<IReadOnlyList<LayerCost>> Measure(
        UnquantizedModel network,
        IReadOnlyDictionary<string, ValueRange> ranges,
        QuantizationOptions options,
        ActivationFormat format,
        SampleSet test,
        Action<int, int> advanced
    )
    {
        var layers = network.Layers.ToArray();
        var expected = OutputError.Outputs(network.Model.Model, test);
        var costs = new List<LayerCost>(layers.Length);
        foreach (var (tensor, node) in layers)
        {
            var alone = UnquantizedModel.WithFormat(
                options with
                {
                    Activations = ActivationFormat.Real,
                    Exceptions = [],
                },
                format,
                [tensor]
            );
            var built = QdqModel.Build(network.Model, ranges, alone, ImmutableDictionary<string, ImmutableArray<float>>.Empty);
            if (!built.Succeeded)
                return StageResult<IReadOnlyList<LayerCost>>.Failure(built.Diagnostics);
            costs.Add(new(node, tensor, OutputError.Of(expected, OutputError.Outputs(built.Value, test), test)));
            advanced(costs.Count, layers.Length);
        }
        return StageResult<IReadOnlyList<LayerCost>>.Success(costs);
    }
}
