using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Quantization;

/// <summary>A float model quantised after training.</summary>
/// <param name="Model">In QDQ form, for ONNX Runtime and for this compiler.</param>
/// <param name="Graph">The same as the compiler sees it: integers only, but for layers that were to stay real.</param>
/// <param name="Layers">Noise of every rounded tensor, in the order in which they are made.</param>
/// <param name="Choice">What was kept out of int8 to reach a target; null where none was asked for.</param>
public sealed record QuantizedModel(OnnxModel Model, NetworkGraph Graph, ImmutableArray<LayerNoise> Layers, PrecisionChoice? Choice)
{
    public byte[] ToBytes() => OnnxWriter.Write(Model);
}

/// <summary>How far quantisation has come: a step in words, and its share done.</summary>
public sealed record QuantizationProgress(string Step, int Done, int Total);

/// <summary>Post-training quantisation: a float model and samples in, an int8 model out. ONNX Runtime evaluates the float model.</summary>
public static class Quantizer
{
    /// <summary>Samples over which noise is measured.</summary>
    public const int NoiseSamples = 32;

    /// <param name="samples">Calibration data: some hundreds of typical inputs.</param>
    /// <param name="precision">Which layers to keep out of int8, judged on the same samples; null for none but those of the
    /// options.</param>
    /// <returns>Errors: MCU3007, MCU3010, MCU7015 and MCU7016 of ONNX Runtime, and what the importer does not read of the result. MCU3016
    /// as a warning.</returns>
    public static StageResult<QuantizedModel> Quantize(
        UnquantizedModel network,
        SampleSet samples,
        QuantizationOptions options,
        PrecisionRequest? precision = null,
        Action<QuantizationProgress>? progress = null
    )
    {
        progress ??= _ => { };
        return Guarded(() =>
            Observe(network, samples, options, progress)
                .Then(observed =>
                    precision is null
                        ? Quantize(network, observed, samples, options, null, progress)
                        : new MixedPrecision(network, observed, samples, options, precision, progress)
                            .Choose()
                            .Then(choice => Quantize(network, observed, samples, choice.Options, choice, progress))
                )
        );
    }

    /// <summary>What each layer alone costs: the float model with that layer in int8, on test data.</summary>
    /// <param name="samples">Calibration data.</param>
    /// <returns>By layer in their order; the same errors as <see cref="Quantize"/>.</returns>
    public static StageResult<IReadOnlyList<LayerCost>> Costs(
        UnquantizedModel network,
        SampleSet samples,
        SampleSet test,
        QuantizationOptions options,
        Action<QuantizationProgress>? progress = null
    )
    {
        progress ??= _ => { };
        return Guarded(() =>
            Observe(network, samples, options, progress)
                .Then(observed =>
                    LayerCost.Measure(
                        network,
                        observed.Ranges,
                        options,
                        ActivationFormat.Int8,
                        test,
                        (done, all) => progress(new("layers", done, all))
                    )
                )
        );
    }

    private static StageResult<T> Guarded<T>(Func<StageResult<T>> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (OnnxRuntimeException problem)
        {
            return StageResult<T>.Failure(problem.Diagnostic);
        }
    }

    private static StageResult<FloatObservation> Observe(
        UnquantizedModel network,
        SampleSet samples,
        QuantizationOptions options,
        Action<QuantizationProgress> progress
    ) =>
        FloatObservation
            .Of(network.Model, samples, options, done => progress(new("ranges", done, samples.Count)))
            .Then(observed =>
                StageResult<FloatObservation>.Success(observed with { Ranges = SumRanges.Widened(network, observed.Ranges) })
            );

    private static StageResult<QuantizedModel> Quantize(
        UnquantizedModel network,
        FloatObservation observed,
        SampleSet samples,
        QuantizationOptions options,
        PrecisionChoice? choice,
        Action<QuantizationProgress> progress
    )
    {
        var layers = network.Model.Layers.Length;
        return BiasCorrection
            .Of(network.Model, observed, samples, options, done => progress(new("bias correction", done, layers)))
            .Then(corrections => QdqModel.Build(network.Model, observed.Ranges, options, corrections))
            .Then(quantized =>
                ModelCompiler
                    .Network(quantized, network.Name)
                    .Then(graph =>
                        StageResult<QuantizedModel>.Success(
                            new(
                                quantized,
                                graph,
                                LayerNoise.Measure(network.Model, quantized, options, samples, samples.Spread(NoiseSamples)),
                                choice
                            )
                        )
                    )
            );
    }
}
