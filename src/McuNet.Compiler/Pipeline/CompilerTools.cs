using System;
using System.Collections.Immutable;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Programs;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>Bytes that a program takes on a device.</summary>
/// <param name="Flash">Code, constants, initial values and library functions.</param>
/// <param name="Stack">Null where the call graph gives no bound.</param>
public readonly record struct MeasuredCode(int Flash, int? Stack);

/// <summary>Builds C for a device and measures it.</summary>
public interface ICrossCompiler
{
    /// <returns>Null where it is not installed, or does not know the core.</returns>
    MeasuredCode? Measure(DeviceProgram program, ImmutableArray<GeneratedFile> code, Device device);
}

/// <summary>What a caller lends to a compilation of what the engine does not have: processes, a clock, samples. It may lend
/// nothing.</summary>
public sealed record CompilerTools
{
    public Phases Phases { get; init; } = Phases.Unobserved;

    public ICrossCompiler? CrossCompiler { get; init; }

    /// <summary>Is told the network after the import and after each pass, with its name; null for nobody.</summary>
    public Action<string, NetworkGraph>? Observe { get; init; }

    /// <summary>Makes an integer model of a float model; null for models that are integer already.</summary>
    public Func<OnnxModel, StageResult<OnnxModel>>? Quantise { get; init; }

    /// <summary>Fronts of the network that are known from other compilations of it; null where there are none.</summary>
    internal SharedFronts? Fronts { get; init; }
}
