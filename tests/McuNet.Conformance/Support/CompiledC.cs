using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Diagnostics;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Qemu;

namespace McuNet.Conformance;

/// <summary>Runs the generated C of a model, compiled in a folder that lasts as long as the run.</summary>
internal static class CompiledC
{
    public static StageResult<Outputs> OnHost(
        CompiledModel model,
        IReadOnlyList<IReadOnlyList<byte[]>> cases,
        HostCOptions? options = null
    ) => In(folder => OnHost(Write(model, folder), cases, options));

    public static StageResult<Outputs> OnHost(
        CArtifact artifact,
        IReadOnlyList<IReadOnlyList<byte[]>> cases,
        HostCOptions? options = null
    ) => HostCompiler.Run(artifact, cases, options).Then(run => StageResult<Outputs>.Success(new Outputs(run.Outputs)));

    public static StageResult<Outputs> OnBoard(CompiledModel model, QemuBoard board, IReadOnlyList<IReadOnlyList<byte[]>> cases) =>
        In(folder => OnBoard(Write(model, folder), board, cases));

    public static StageResult<Outputs> OnBoard(CArtifact artifact, QemuBoard board, IReadOnlyList<IReadOnlyList<byte[]>> cases) =>
        QemuEmulator
            .Run(artifact, board, cases, new QemuOptions { Measurement = QemuMeasurement.None })
            .Then(run => StageResult<Outputs>.Success(new Outputs(run.Outputs)));

    /// <summary>Gives <paramref name="use"/> a fresh folder.</summary>
    public static T In<T>(Func<string, T> use)
    {
        var folder = Directory.CreateTempSubdirectory("mcunet-conformance-").FullName;
        try
        {
            return use(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static CArtifact Write(CompiledModel model, string folder)
    {
        foreach (var file in CEmitter.Emit(ProgramBuilder.C(model)))
            File.WriteAllBytes(Path.Combine(folder, file.Name), file.Content);
        return Describe(model, folder);
    }

    public static CArtifact Describe(CompiledModel model, string folder)
    {
        var program = ProgramBuilder.C(model);
        var input = model.Graph[model.Graph.Inputs[0].Tensor].Type;
        return new CArtifact
        {
            Directory = folder,
            Name = model.Name,
            InputBytes = model.Graph.Inputs.Select(p => model.Graph[p.Tensor].Type.Bytes).ToImmutableArray(),
            OutputBytes = model.Graph.Outputs.Select(p => model.Graph[p.Tensor].Type.Bytes).ToImmutableArray(),
            InputNames = [.. program.ModelInputs.Select(p => p.Accessor)],
            OutputNames = [.. program.ModelOutputs.Select(p => p.Accessor)],
            Streamed = model.StreamsInput ? new StreamedRows(input.Shape.Height, input.RowBytes) : null,
        };
    }
}
