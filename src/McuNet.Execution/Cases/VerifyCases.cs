using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;
using McuNet.Execution.Executors;
using McuNet.Execution.Quantization;
using McuNet.Execution.Samples;
using McuNet.Runtimes.Cases;

namespace McuNet.Execution.Cases;

/// <summary>What a network is run on: by case the bytes of each input in the model's own layout.</summary>
/// <param name="Outputs">What must come out, likewise; null where the cases are inputs alone.</param>
/// <param name="Golden">The case folder; null for samples and noise.</param>
public sealed record VerifyCases(
    IReadOnlyList<IReadOnlyList<byte[]>> Inputs,
    IReadOnlyList<IReadOnlyList<byte[]>>? Outputs,
    GoldenModel? Golden
)
{
    /// <summary>Samples of a file beyond these tell little new, and an emulated board takes seconds for each.</summary>
    private const int MostSamples = 16;

    /// <summary>
    /// Whether an output of a case is compared: states of a stream stay where they are, and until a window is full ONNX Runtime, which runs
    /// whole windows, gives something else.
    /// </summary>
    public bool Compares(NetworkGraph network, string executor, int @case, int output) =>
        Golden is not { IsStream: true }
        || (!network.IsStateOutput(output) && (executor != "onnxruntime" || @case >= (network.Sliding?.WarmUp ?? 0)));

    /// <summary>A source whose files have been looked at, so that what cannot be read is said before a network is compiled.</summary>
    /// <param name="path">A case folder, a file of samples (.npz, .npy, .safetensors, .bin), or null for noise.</param>
    public static StageResult<Func<NetworkGraph, StageResult<VerifyCases>>> Open(string? path, string model)
    {
        if (path is null)
            return Source(network =>
                StageResult<VerifyCases>.Success(
                    network.Sliding is { } sliding
                        ? OfStream(WindowCases.Noise(network, sliding), network)
                        : new(NoiseCases.Of(network), null, null)
                )
            );
        if (File.Exists(path))
            return Source(network => OfSamples(path, model, network));
        return GoldenCases.Read(path).Then(golden => Source(network => OfFolder(path, model, golden, network)));
    }

    private static StageResult<Func<NetworkGraph, StageResult<VerifyCases>>> Source(Func<NetworkGraph, StageResult<VerifyCases>> source) =>
        StageResult<Func<NetworkGraph, StageResult<VerifyCases>>>.Success(source);

    private static StageResult<VerifyCases> OfFolder(string folder, string model, GoldenModel read, NetworkGraph network)
    {
        var golden = CasesFit.For(network, StreamCases.Of(WindowCases.Of(CasesFit.For(network, read), network), network));
        if (CasesFit.Check(folder, model, golden, network) is { IsEmpty: false } misfits)
            return StageResult<VerifyCases>.Failure(misfits);
        if (network.Sliding is { IsPadded: false })
            return StageResult<VerifyCases>.Success(OfStream(golden, network));
        return StageResult<VerifyCases>.Success(
            new(
                [.. golden.Cases.Select(c => PortLayout.StoredInputs(c, network))],
                [
                    .. golden.Cases.Select(c =>
                        network.Outputs.Select((port, o) => PortLayout.ToStored(c.Outputs[o], network, port)).ToImmutableArray()
                    ),
                ],
                golden
            )
        );
    }

    /// <summary>A stream whose outputs are those of the reference.</summary>
    private static VerifyCases OfStream(GoldenModel slices, NetworkGraph network)
    {
        var golden = slices.IsStream ? slices : StreamCases.Of(slices, network);
        return new([.. golden.Cases.Select(c => PortLayout.StoredInputs(c, network))], null, golden);
    }

    private static StageResult<VerifyCases> OfSamples(string path, string model, NetworkGraph network)
    {
        if (network.Sliding is not null)
            return StageResult<VerifyCases>.Failure(
                Diagnostic.Create(
                    DiagnosticCatalog.CasesDoNotFit,
                    path,
                    model,
                    "samples are whole inputs, and the window of the model moves on: give a case folder, whose windows are cut, or none for noise"
                )
            );
        if (network.Inputs.Length != 1)
            return StageResult<VerifyCases>.Failure(
                Diagnostic.Create(
                    DiagnosticCatalog.CasesDoNotFit,
                    path,
                    model,
                    $"a file of samples is for one input, the model has {network.Inputs.Length}"
                )
            );
        var port = network.Inputs[0];
        return SampleFiles
            .Read(path, network.Name, port.Dims, new())
            .Then(samples =>
                StageResult<VerifyCases>.Success(
                    new(
                        [.. samples.Spread(MostSamples).Select(i => (IReadOnlyList<byte[]>)[PortValues.Stored(network, port, samples, i)])],
                        null,
                        null
                    )
                )
            );
    }
}
