using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Quantization;

/// <summary>Which layers to keep out of int8, and when it is enough.</summary>
/// <param name="Format">What they are kept in.</param>
/// <param name="Fits">Whether a network fits the device that it is for.</param>
public sealed record PrecisionRequest(ActivationFormat Format, AccuracyTarget Target, Func<NetworkGraph, bool> Fits)
{
    /// <summary>Whether memory and flash of a device hold a network, by its smallest schedule that does.</summary>
    public static bool FitsOn(Device device, NetworkGraph graph) =>
        ModelCompiler.Compile(graph, new CompileOptions { Name = graph.Name, Device = device })
            is { Succeeded: true, Value: var compilation }
        && Requirements.Of(compilation).Fits;
}

/// <summary>The layers that were kept out of int8 for the sake of accuracy.</summary>
/// <param name="Kept">By their nodes, the one that gains most first; empty where int8 is close enough, or nothing else fits.</param>
/// <param name="Before">All layers in int8, on the calibration samples.</param>
/// <param name="After">With those that are kept.</param>
public sealed record PrecisionChoice(QuantizationOptions Options, ImmutableArray<string> Kept, OutputError Before, OutputError After);

/// <summary>
/// The fewest layers that must be kept in int16 or float32 for a quantised model to be as close to the float model as asked for. Layers
/// count in the order of what each gains alone; of the networks that keep the first one, two, three … of them the first good one is found
/// by bisection.
/// </summary>
internal sealed class MixedPrecision(
    UnquantizedModel network,
    FloatObservation observed,
    SampleSet samples,
    QuantizationOptions options,
    PrecisionRequest request,
    Action<QuantizationProgress> progress
)
{
    private readonly float[][] _expected = OutputError.Outputs(network.Model.Model, samples);
    private readonly Dictionary<int, OutputError> _errors = [];
    private int _tried;

    /// <summary>Errors of building a model; MCU3016 as a warning where the target is not reached.</summary>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses a model.</exception>
    public StageResult<PrecisionChoice> Choose()
    {
        var before = ErrorOf([], 0);
        if (!before.Succeeded || request.Target.IsMet(before.Value))
            return before.Then(error => StageResult<PrecisionChoice>.Success(new(options, [], error, error)));
        return ByGain().Then(layers => Choose(layers, before.Value));
    }

    private StageResult<PrecisionChoice> Choose(IReadOnlyList<LayerCost> layers, OutputError before)
    {
        var room = Last(0, layers.Count, count => Fits(layers, count));
        var least = ErrorOf(layers, room);
        if (!least.Succeeded)
            return StageResult<PrecisionChoice>.Failure(least.Diagnostics);
        var isMet = request.Target.IsMet(least.Value);
        var count = isMet
            ? 1 + Last(0, room - 1, c => ErrorOf(layers, c) is { Succeeded: true, Value: var e } && !request.Target.IsMet(e))
            : room;
        return ErrorOf(layers, count)
            .Then(after =>
                StageResult<PrecisionChoice>.Success(
                    new(Keeping(layers, count), [.. layers.Take(count).Select(l => l.Node)], before, after),
                    isMet ? [] : [Missed(layers.Count, room, after)]
                )
            );
    }

    private Diagnostic Missed(int layers, int room, OutputError after) =>
        Diagnostic.Create(
            DiagnosticCatalog.TargetMissed,
            room,
            layers,
            network.Name,
            request.Format.Name(),
            request.Target.Describe(after),
            request.Target,
            room < layers ? "more of them do not fit the device" : "these are all"
        );

    /// <summary>The layers by how much less noise the output has where one is kept, with all others real.</summary>
    private StageResult<IReadOnlyList<LayerCost>> ByGain() =>
        Costs(ActivationFormat.Int8)
            .Then(inBytes =>
                (request.Format == ActivationFormat.Real ? StageResult<IReadOnlyList<LayerCost>>.Success([]) : Costs(request.Format)).Then(
                    kept =>
                    {
                        var remaining = kept.ToDictionary(l => l.Tensor, l => l.Error.Noise);
                        return StageResult<IReadOnlyList<LayerCost>>.Success([
                            .. inBytes.OrderByDescending(l => l.Error.Noise - remaining.GetValueOrDefault(l.Tensor)),
                        ]);
                    }
                )
            );

    private StageResult<IReadOnlyList<LayerCost>> Costs(ActivationFormat format) =>
        LayerCost.Measure(
            network,
            observed.Ranges,
            options,
            format,
            samples,
            (done, all) => progress(new($"layers in {format.Name()}", done, all))
        );

    private QuantizationOptions Keeping(IReadOnlyList<LayerCost> layers, int count) =>
        UnquantizedModel.WithFormat(options, request.Format, layers.Take(count).Select(l => l.Tensor));

    private bool Fits(IReadOnlyList<LayerCost> layers, int count) =>
        Built(Keeping(layers, count), []).Then(model => ModelCompiler.Network(model, network.Name)) is { Succeeded: true, Value: var graph }
        && request.Fits(graph);

    private StageResult<OutputError> ErrorOf(IReadOnlyList<LayerCost> layers, int count)
    {
        if (_errors.TryGetValue(count, out var known))
            return StageResult<OutputError>.Success(known);
        var kept = Keeping(layers, count);
        progress(new("networks", ++_tried, _tried + 1));
        return BiasCorrection
            .Of(network.Model, observed, samples, kept, _ => { })
            .Then(corrections => Built(kept, corrections))
            .Then(model =>
                StageResult<OutputError>.Success(_errors[count] = OutputError.Of(_expected, OutputError.Outputs(model, samples), samples))
            );
    }

    private StageResult<OnnxModel> Built(QuantizationOptions kept, Dictionary<string, ImmutableArray<float>> corrections) =>
        QdqModel.Build(network.Model, observed.Ranges, kept, corrections);

    /// <summary>The last of first … last that has a property which the first has, and which, once lost, is lost.</summary>
    private static int Last(int first, int last, Func<int, bool> has)
    {
        while (first < last)
        {
            var middle = first + (last - first + 1) / 2;
            (first, last) = has(middle) ? (middle, last) : (first, middle - 1);
        }
        return first;
    }
}
