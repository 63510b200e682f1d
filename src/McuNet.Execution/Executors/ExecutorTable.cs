using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Diagnostics;
using McuNet.Execution.Models;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Managed;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Runtimes.Qemu;

namespace McuNet.Execution.Executors;

/// <summary>What an executor gave: output bytes by case, then by output, in the model's own layout (NHWC).</summary>
public sealed record ExecutorRun(ImmutableArray<ImmutableArray<byte[]>> Outputs);

/// <summary>The ways to run a compiled model, by name. Each is independent of the others.</summary>
public static class ExecutorTable
{
    public static readonly ImmutableArray<string> Names = ["reference", "host", "qemu", "csharp", "onnxruntime"];

    /// <param name="inputs">For each case the bytes of each input in the model's own layout.</param>
    /// <param name="golden">The cases as read, for the executor that runs the original model, and where they are a stream; null for
    /// others.</param>
    /// <param name="modelPath">The model's file.</param>
    /// <exception cref="ArgumentOutOfRangeException">The name is none of <see cref="Names"/>.</exception>
    public static StageResult<ExecutorRun> Run(
        string name,
        Compilation compilation,
        IReadOnlyList<IReadOnlyList<byte[]>> inputs,
        GoldenModel? golden,
        string modelPath
    ) =>
        name switch
        {
            "reference" => Reference(compilation, inputs),
            "host" => Portable(compilation)
                .Then(portable =>
                    InFolder(
                        portable,
                        artifact =>
                            HostCompiler
                                .Run(artifact with { IsStream = golden is { IsStream: true } }, inputs)
                                .Then(r => StageResult<ExecutorRun>.Success(new ExecutorRun(r.Outputs)))
                    )
                ),
            "qemu" => InFolder(
                compilation,
                artifact =>
                    DeviceBoards
                        .On(
                            compilation.Options.Device,
                            board =>
                                QemuEmulator.Run(
                                    artifact with
                                    {
                                        IsStream = golden is { IsStream: true },
                                    },
                                    board,
                                    inputs,
                                    new QemuOptions { Measurement = QemuMeasurement.None }
                                )
                        )
                        .Then(r => StageResult<ExecutorRun>.Success(new ExecutorRun(r.Outputs)))
            ),
            "csharp" => Managed(compilation, inputs, golden is { IsStream: true }),
            "onnxruntime" => OnnxRuntime(compilation, golden!, modelPath),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no executor of this name."),
        };

    /// <summary>What changes for an executor, for people; empty where it runs the device's own code.</summary>
    public static string Difference(string name, Compilation compilation) =>
        name == "host" && compilation.Options.Device.Has(DeviceFeatures.MveInteger)
            ? ", C generated without vector instructions, which this machine lacks"
            : "";

    /// <summary>Kernels of the DSP extension have a form in plain C, vector kernels do not.</summary>
    private static StageResult<Compilation> Portable(Compilation compilation)
    {
        if (!compilation.Options.Device.Has(DeviceFeatures.MveInteger))
            return StageResult<Compilation>.Success(compilation);
        var options = compilation.Options with { Device = compilation.Options.Device.WithoutVectors() };
        return ModelCompiler.Compile(compilation.Model.Network, options);
    }

    private static StageResult<ExecutorRun> Reference(Compilation compilation, IReadOnlyList<IReadOnlyList<byte[]>> inputs)
    {
        var graph = compilation.Model.Network;
        return StageResult<ExecutorRun>.Success(
            new ExecutorRun(
                inputs
                    .Select(values =>
                    {
                        var tensors = graph.Inputs.Select((p, i) => new TensorData(graph[p.Tensor].Type, values[i])).ToArray();
                        return ReferenceEvaluator.Run(graph, tensors).Select(t => t.Bytes).ToImmutableArray();
                    })
                    .ToImmutableArray()
            )
        );
    }

    private static StageResult<ExecutorRun> InFolder(
        Compilation compilation,
        Func<Runtimes.GeneratedC.CArtifact, StageResult<ExecutorRun>> run
    ) => ProgramFolder.InFolder(compilation.Program, compilation.Code(), run);

    private static StageResult<ExecutorRun> Managed(Compilation compilation, IReadOnlyList<IReadOnlyList<byte[]>> inputs, bool isStream)
    {
        var program = ProgramBuilder.CSharp(compilation.Model);
        var engine = ManagedC.Compile(CSharpEmitter.Emit(program).Text, CSharpEmitter.EngineClass(program.Name));
        var (given, results) = (Ports(program, program.ModelInputs), Ports(program, program.ModelOutputs));
        return StageResult<ExecutorRun>.Success(
            new ExecutorRun(
                isStream ? ManagedC.RunStream(engine, given, results, inputs) : ManagedC.Run(engine, given, results, inputs).Outputs
            )
        );
    }

    private static ImmutableArray<ManagedPort> Ports(DeviceProgram program, ImmutableArray<PortPlace> places) =>
        [
            .. places.Select(p => new ManagedPort(
                p.Port.Buffer.Offset,
                p.Port.Type.Bytes,
                p.Port.Type.RowBytes,
                program.States.Any(s => s.Begin == p.Port)
            )),
        ];

    private static StageResult<ExecutorRun> OnnxRuntime(Compilation compilation, GoldenModel golden, string modelPath) =>
        ModelFile.Read(modelPath).Then(file => OnnxRuntime(compilation, golden, file));

    /// <summary>Tensors of cases with the types that they have in a session, as far as they are the model's.</summary>
    private static ImmutableArray<GoldenTensor> Typed(ImmutableArray<GoldenTensor> tensors, ImmutableArray<OnnxValueInfo> ports) =>
        [.. tensors.Select((tensor, i) => i < ports.Length ? tensor with { Graph = ports[i].ElementType.OfSession() } : tensor)];

    private static StageResult<ExecutorRun> OnnxRuntime(Compilation compilation, GoldenModel golden, ModelFile file)
    {
        try
        {
            var graph = compilation.Model.Network;
            using var session = OnnxSession.Open(file.Bytes);
            var kept = golden.IsStream ? new OnnxStates(session, graph) : null;
            var window = golden.IsStream && graph.Sliding is not null ? new OnnxWindow(session, graph) : null;
            if (golden.IsStream)
                golden = golden with { Inputs = Typed(golden.Inputs, session.Inputs), Outputs = Typed(golden.Outputs, session.Outputs) };
            return StageResult<ExecutorRun>.Success(
                new ExecutorRun(
                    golden
                        .Cases.Select(c =>
                        {
                            var inputs = file.Inputs(golden, c);
                            if (window is not null)
                                inputs = window.Next(inputs);
                            var given = kept is null ? session.Run(inputs) : kept.Run(inputs);
                            return golden
                                .Outputs.Select(
                                    (t, i) =>
                                        golden.IsStream && graph.IsStateOutput(i)
                                            ? []
                                            : PortLayout.ToStored(t.FromGraph(given[i]), graph, graph.Outputs[i])
                                )
                                .ToImmutableArray();
                        })
                        .ToImmutableArray()
                )
            );
        }
        catch (OnnxRuntimeException problem)
        {
            return StageResult<ExecutorRun>.Failure(problem.Diagnostic);
        }
    }
}
