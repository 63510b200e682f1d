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

/// <summary>What one layer in int8 costs where all else stays float32: its weights and what it gives are rounded.</summary>
/// <param name="Node">The node whose result is rounded; the input of the model goes under its own name.</param>
/// <param name="SqnrDb">Power of the model's first output over power of its error, in decibels; infinite where they are equal.</param>
/// <param name="Agrees">Decisions equal to those of the float model.</param>
/// <param name="Correct">Decisions equal to the label; null without labels.</param>
public sealed record LayerCost(string Node, string Tensor, double SqnrDb, int Agrees, int? Correct)
{
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses a model.</exception>
    internal static StageResult<IReadOnlyList<LayerCost>> Measure(
        FloatModel model,
        IReadOnlyDictionary<string, ValueRange> ranges,
        QuantizationOptions options,
        SampleSet test,
        Action<int, int> advanced
    )
    {
        var layers = model.Model.Graph.Inputs.Select(i => (Tensor: i.Name, Node: i.Name)).Concat(QdqModel.RoundedTensors(model)).ToArray();
        var expected = Outputs(model.Model, test);
        var costs = new List<LayerCost>(layers.Length);
        foreach (var (tensor, node) in layers)
        {
            var built = QdqModel.Build(
                model,
                ranges,
                options with
                {
                    Only = [tensor],
                },
                ImmutableDictionary<string, ImmutableArray<float>>.Empty
            );
            if (!built.Succeeded)
                return StageResult<IReadOnlyList<LayerCost>>.Failure(built.Diagnostics);
            costs.Add(Of(node, tensor, expected, Outputs(built.Value, test), test));
            advanced(costs.Count, layers.Length);
        }
        return StageResult<IReadOnlyList<LayerCost>>.Success(costs);
    }

    private static LayerCost Of(string node, string tensor, float[][] expected, float[][] actual, SampleSet test)
    {
        var (sqnr, agrees, correct) = (default(Sqnr), 0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            sqnr.Add(expected[i], actual[i]);
            var decided = Decision.Of(actual[i]);
            agrees += decided == Decision.Of(expected[i]) ? 1 : 0;
            correct += decided == test.Labels?[i] ? 1 : 0;
        }
        return new(node, tensor, sqnr.Decibels, agrees, test.Labels is null ? null : correct);
    }

    /// <summary>Without ONNX Runtime's own fusing, which would compute integers in place of what is rounded.</summary>
    private static float[][] Outputs(OnnxModel model, SampleSet test)
    {
        using var network = new SampleNetwork(model, OnnxOptimisation.Disabled);
        return [.. Enumerable.Range(0, test.Count).Select(i => network.Run(test[i])[0].Numbers())];
    }
}
