using System;
using System.Collections.Immutable;

namespace McuNet.Compiler.Kernels;

/// <summary>A row of the kernel table: one C function that computes some linear layers on some cores.</summary>
public sealed record LinearKernel
{
    /// <summary>Name by the grammar <c>mn_op_types_feature_variant</c>.</summary>
    public required string Function { get; init; }

    /// <summary>Embedded source files in dependency order, without <c>mn_common.h</c>.</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>Features the core must have; never the name of a device.</summary>
    public KernelFeatures Required { get; init; }

    public required Func<LinearLayer, bool> Applies { get; init; }

    /// <summary>The weights in the order in which the kernel reads them, for the operator's common parameter block.</summary>
    public Func<LinearLayer, sbyte[]>? Pack { get; init; }

    /// <summary>A parameter block of the kernel's own. Invariant: set exactly when <see cref="Pack"/> is not.</summary>
    public Func<LinearLayer, ImmutableArray<KernelParameter>>? Parameters { get; init; }

    /// <summary>Bytes of scratch of one step.</summary>
    public required Func<LinearLayer, int> ScratchBytes { get; init; }

    /// <summary>Estimated cycles of one step.</summary>
    public required Func<LinearLayer, KernelTarget, double> Cycles { get; init; }

    /// <summary>Estimated cycles of a further row joined into a step; null where that costs a step.</summary>
    public Func<LinearLayer, KernelTarget, double>? JoinedCycles { get; init; }

    /// <summary>Fields appended to the operator's common parameter block.</summary>
    public Func<LinearLayer, ImmutableArray<KernelParameter>> ExtraParameters { get; init; } = _ => [];

    /// <summary>What the function takes after the parameter block; pointwise kernels take a row where others take a window.</summary>
    public required ImmutableArray<KernelArgument> Arguments { get; init; }

    /// <summary>C struct of the parameter block.</summary>
    public required string ParameterType { get; init; }

    public KernelCall Bind(LinearLayer layer, KernelTarget target)
    {
        var cycles = Cycles(layer, target);
        return new()
        {
            Function = Function,
            Sources = ["mn_common.h", .. Sources],
            ParameterType = ParameterType,
            Parameters = Parameters?.Invoke(layer) ?? [.. LinearParameters.Of(layer, Pack!(layer)), .. ExtraParameters(layer)],
            Arguments = Arguments,
            ScratchBytes = ScratchBytes(layer),
            CyclesPerStep = cycles,
            CyclesPerJoinedRow = JoinedCycles?.Invoke(layer, target) ?? cycles,
        };
    }
}
