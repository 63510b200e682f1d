using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Quantization;

/// <summary>A float model quantised after training.</summary>
/// <param name="Model">In QDQ form, for ONNX Runtime and for this compiler.</param>
/// <param name="Graph">The same as the compiler sees it: integers only.</param>
/// <param name="Layers">Noise of every rounded tensor, in the order in which they are made.</param>
public sealed record QuantizedModel(OnnxModel Model, NetworkGraph Graph, ImmutableArray<LayerNoise> Layers)
{
    public byte[] ToBytes() => OnnxWriter.Write(Model);
}

/// <summary>How far quantisation has come: a step in words, and its share done.</summary>
public sealed record QuantizationProgress(string Step, int Done, int Total);

/// <summary>Post-training quantisation: a float model and samples in, an int8 model out. ONNX Runtime evaluates the float model.</summary>
public static class Quantizer
{
    /// <summary>Samples over which the means for bias correction are taken.</summary>
    public const int BiasSamples = 256;

    /// <summary>Samples over which noise is measured.</summary>
    public const int NoiseSamples = 32;

    /// <summary>Extents of the one input that a model has, batch 1 included; errors of the importer, or MCU3007 where it has
    /// several.</summary>
    public static StageResult<GraphPort> InputOf(OnnxModel model, string name) =>
        FloatModel
            .Of(model, name)
            .Then(f => ModelImporter.Import(f.Model, name))
            .Then(g =>
                g.Inputs is [var input]
                    ? StageResult<GraphPort>.Success(input)
                    : StageResult<GraphPort>.Failure(
                        Diagnostic.Create(
                            DiagnosticCatalog.QuantizationImpossible,
                            name,
                            "model",
                            $"it has {g.Inputs.Length} inputs",
                            "Models with one input can be quantised."
                        )
                    )
            );

    /// <summary>The options with some layers that stay float32, by the names of their nodes; MCU3015 where there is no such
    /// layer.</summary>
    public static StageResult<QuantizationOptions> WithReal(
        OnnxModel model,
        string name,
        QuantizationOptions options,
        IReadOnlyCollection<string> nodes
    ) =>
        nodes.Count == 0
            ? StageResult<QuantizationOptions>.Success(options)
            : FloatModel
                .Of(model, name)
                .Then(f =>
                {
                    var layers = f
                        .Model.Graph.Inputs.Select(i => (Tensor: i.Name, Node: i.Name))
                        .Concat(QdqModel.RoundedTensors(f))
                        .ToArray();
                    return nodes.FirstOrDefault(n => layers.All(l => l.Node != n)) is { } unknown
                        ? StageResult<QuantizationOptions>.Failure(
                            Diagnostic.Create(
                                DiagnosticCatalog.RealLayerUnknown,
                                name,
                                unknown,
                                string.Join(", ", layers.Select(l => l.Node))
                            )
                        )
                        : StageResult<QuantizationOptions>.Success(
                            options with
                            {
                                Only = [.. layers.Where(l => !nodes.Contains(l.Node)).Select(l => l.Tensor)],
                            }
                        );
                });

    /// <param name="name">Name of the model, for the network and for messages.</param>
    /// <param name="samples">Calibration data: some hundreds of typical inputs.</param>
    /// <returns>Errors: what the importer does not read (MCU1xxx), MCU3007 to MCU3010, MCU7015 and MCU7016 of ONNX Runtime.</returns>
    public static StageResult<QuantizedModel> Quantize(
        OnnxModel model,
        string name,
        SampleSet samples,
        QuantizationOptions options,
        Action<QuantizationProgress>? progress = null
    )
    {
        progress ??= _ => { };
        try
        {
            return InputOf(model, name).Then(_ => FloatModel.Of(model, name)).Then(f => Quantize(f, name, samples, options, progress));
        }
        catch (OnnxRuntimeException problem)
        {
            return StageResult<QuantizedModel>.Failure(problem.Diagnostic);
        }
    }

    /// <summary>What each layer alone costs: the float model with that layer in int8, on test data.</summary>
    /// <param name="samples">Calibration data.</param>
    /// <returns>By layer in their order; the same errors as
    /// <see cref="Quantize(OnnxModel, string, SampleSet, QuantizationOptions, Action{QuantizationProgress}?)"/>.</returns>
    public static StageResult<IReadOnlyList<LayerCost>> Costs(
        OnnxModel model,
        string name,
        SampleSet samples,
        SampleSet test,
        QuantizationOptions options,
        Action<QuantizationProgress>? progress = null
    )
    {
        progress ??= _ => { };
        try
        {
            return InputOf(model, name)
                .Then(_ => FloatModel.Of(model, name))
                .Then(f =>
                    FloatObservation
                        .Of(f, samples, [], options, done => progress(new("ranges", done, samples.Count)))
                        .Then(observed =>
                            LayerCost.Measure(
                                f,
                                SumRanges.Widened(f, observed.Ranges),
                                options,
                                test,
                                (done, all) => progress(new("layers", done, all))
                            )
                        )
                );
        }
        catch (OnnxRuntimeException problem)
        {
            return StageResult<IReadOnlyList<LayerCost>>.Failure(problem.Diagnostic);
        }
    }

    private static StageResult<QuantizedModel> Quantize(
        FloatModel model,
        string name,
        SampleSet samples,
        QuantizationOptions options,
        Action<QuantizationProgress> progress
    )
    {
        var chosen = samples.Spread(BiasSamples);
        return FloatObservation
            .Of(model, samples, chosen, options, done => progress(new("ranges", done, samples.Count)))
            .Then(observed => StageResult<FloatObservation>.Success(observed with { Ranges = SumRanges.Widened(model, observed.Ranges) }))
            .Then(observed =>
                Corrections(model, observed, samples, chosen, options, progress)
                    .Then(corrections => QdqModel.Build(model, observed.Ranges, options, corrections))
            )
            .Then(quantized =>
                ModelCompiler
                    .Network(quantized, name)
                    .Then(graph =>
                        StageResult<QuantizedModel>.Success(
                            new(quantized, graph, LayerNoise.Measure(model, quantized, options, samples, samples.Spread(NoiseSamples)))
                        )
                    )
            );
    }

    private static StageResult<Dictionary<string, ImmutableArray<float>>> Corrections(
        FloatModel model,
        FloatObservation observed,
        SampleSet samples,
        ImmutableArray<int> chosen,
        QuantizationOptions options,
        Action<QuantizationProgress> progress
    ) =>
        options.CorrectBias
            ? BiasCorrection.Measure(
                model,
                observed,
                samples,
                chosen,
                options,
                done => progress(new("bias correction", done, model.Layers.Length))
            )
            : StageResult<Dictionary<string, ImmutableArray<float>>>.Success([]);
}
