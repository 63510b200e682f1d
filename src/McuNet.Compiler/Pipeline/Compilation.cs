using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Emit.Interop;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Diagnostics;
using McuNet.Manifest;

namespace McuNet.Compiler.Pipeline;

/// <summary>A model compiled for a device, with what its code takes there.</summary>
public sealed record Compilation
{
    public required CompiledModel Model { get; init; }

    public required CompileOptions Options { get; init; }

    /// <summary>The schedules of which the model has one.</summary>
    public required ScheduleFront Front { get; init; }

    /// <summary>The schedule that the model has.</summary>
    public required PlannedSchedule Choice { get; init; }

    /// <summary>The C.</summary>
    public required DeviceProgram Program { get; init; }

    /// <summary>What it takes in flash and on the stack.</summary>
    public required Footprint Footprint { get; init; }

    /// <summary>Of the targets; none where a budget does not hold, or nobody asked for files.</summary>
    public ImmutableArray<GeneratedFile> Files { get; private init; } = [];

    /// <summary>The same model with kernels chosen to fit, where the fastest were asked for.</summary>
    internal Lazy<Compilation>? Fitting { get; init; }

    /// <summary>Bytes of SRAM: arena and stack.</summary>
    public long SramBytes => (long)Model.Memory.ArenaBytes + Footprint.Stack;

    /// <summary>The same with the arena of another schedule, of so many layers.</summary>
    internal long SramOf(int arena, int layers) => arena + (long)StackEstimate.Bytes(layers, Footprint.Stack, Model.Graph.Nodes.Length);

    /// <summary>The C, in files whose header states no figures.</summary>
    public ImmutableArray<GeneratedFile> Code() => CEmitter.Emit(Program);

    /// <summary>With the footprint that a cross compiler finds. An arena takes no flash and no stack, so a model that shares one is
    /// measured with its own.</summary>
    /// <param name="compiler">Null where there is none: then the estimate stands, as where it cannot tell.</param>
    public Compilation Measured(ICrossCompiler? compiler)
    {
        if (
            Footprint.Measured
            || compiler?.Measure(Program, CEmitter.EmitForMeasurement(Program with { SharedArena = null }), Options.Device) is not { } sizes
        )
            return this;
        var weights = Program.Constants.Bytes;
        return this with
        {
            Footprint = new(
                weights,
                Program.WeightStorage == WeightStorage.Blob ? sizes.Flash : sizes.Flash - weights,
                sizes.Stack ?? Footprint.Stack,
                Measured: true
            ),
        };
    }

    /// <param name="modelHash">Of the file that was compiled, for the manifest.</param>
    /// <param name="diagnostics">What was found on the way.</param>
    internal Compilation Emitted(string modelHash, IEnumerable<Diagnostic> diagnostics)
    {
        var files = ImmutableArray.CreateBuilder<GeneratedFile>();
        if (Options.Targets.HasFlag(Targets.C))
            files.AddRange(CEmitter.Emit(Program, Footprint.Stated(Options)));
        if (Options.Targets.HasFlag(Targets.Interop))
            files.AddRange(InteropEmitter.Emit(Program));
        var isManaged = (Options.Targets & (Targets.CSharp | Targets.NanoFramework)) != 0;
        if (isManaged || Program.SharedArena is not null)
        {
            var managed = ProgramBuilder.CSharp(Model);
            if (isManaged)
                files.Add(
                    CSharpEmitter.Emit(managed, Options.Targets.HasFlag(Targets.NanoFramework) ? CSharpDialect.Nano : CSharpDialect.Net)
                );
            files.Add(
                new(
                    ModelNames.ManifestFile(Program.Name),
                    ManifestText.Write(
                        ManifestEmitter.Describe(this, managed, modelHash) with
                        {
                            Diagnostics = diagnostics.Select(d => new ManifestDiagnostic(d.Id, d.Severity, d.Message)).ToEquatableArray(),
                        }
                    )
                )
            );
        }
        return this with { Files = files.ToImmutable() };
    }
}
