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

    /// <summary>Headers in front of the last source that layers of such a shape need; null for kernels that need none.</summary>
    public Func<LinearShape, ImmutableArray<string>>? Variants { get; init; }

    /// <summary>Features the core must have; never the name of a device.</summary>
    public KernelFeatures Required { get; init; }

    /// <summary>Whether it spends much code on being fast where another kernel for the same features would do; only <see cref="KernelSet.Fast"/> has it.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Whether it adds up in 64 bits and has fields for any size.</summary>
    public bool IsWide { get; init; }

    /// <summary>Whether the kernel computes layers of such a shape.</summary>
    public required Func<LinearShape, bool> Applies { get; init; }

    /// <summary>Whether the kernel's number formats hold the layer's weights; most hold any.</summary>
    public Func<LinearLayer, bool> Holds { get; init; } = _ => true;

    /// <summary>Whether a row for the same features is taken instead wherever there is one that can compute the layer: most networks hold its code anyway.</summary>
    public bool IsFallback { get; init; }

    /// <summary>The weights in the order in which the kernel reads them, for the operator's common parameter block.</summary>
    public Func<LinearLayer, sbyte[]>? Pack { get; init; }

    /// <summary>A parameter block of the kernel's own. Invariant: set exactly when <see cref="Pack"/> is not.</summary>
    public Func<LinearLayer, ImmutableArray<KernelParameter>>? Parameters { get; init; }

    /// <summary>Bytes of the one table of <see cref="Parameters"/>; null for the common parameter block.</summary>
    public Func<LinearShape, int>? TableBytes { get; init; }

    /// <summary>The tables of <see cref="Parameters"/> where there are several; null for one, or the common parameter block.</summary>
    public Func<LinearShape, ImmutableArray<TableOutline>>? Tables { get; init; }

    /// <summary>Most output rows of one step; <see cref="int.MaxValue"/> for all of any layer.</summary>
    public int MostRows { get; init; } = 1;

    /// <summary>Bytes of scratch of one step.</summary>
    public required Func<LinearShape, int> ScratchBytes { get; init; }

    /// <summary>Estimated cycles of one step.</summary>
    public required Func<LinearShape, KernelTarget, double> Cycles { get; init; }

    /// <summary>Estimated cycles of a further row joined into a step; null where that costs a step.</summary>
    public Func<LinearShape, KernelTarget, double>? JoinedCycles { get; init; }

    /// <summary>What the function takes after the parameter block; pointwise kernels take a row where others take a window.</summary>
    public required ImmutableArray<KernelArgument> Arguments { get; init; }

    /// <summary>C struct of the parameter block.</summary>
    public required string ParameterType { get; init; }

    /// <summary>From the shape alone.</summary>
    public KernelCall Outline(LinearShape layer, KernelTarget target)
    {
        var cycles = Cycles(layer, target);
        return new()
        {
            Function = Function,
            Required = Required,
            Sources = ["mn_common.h", .. Sources[..^1], .. Variants?.Invoke(layer) ?? [], Sources[^1]],
            ParameterType = ParameterType,
            Parameters = default,
            Tables = Tables is not null ? Tables(layer) : TableBytes is null ? LinearParameters.Tables(layer, Function) : [new(Function, TableBytes(layer))],
            Fields = ParameterBlock.FieldsOf(ParameterType).Length - (Parameters is null ? LinearParameters.Unused(layer) : 0),
            Arguments = Arguments,
            Rows = RowsOf(layer),
            ScratchBytes = ScratchBytes(layer),
            CyclesPerStep = cycles,
            CyclesPerJoinedRow = JoinedCycles?.Invoke(layer, target) ?? cycles,
        };
    }

    /// <summary>With the constants of a layer.</summary>
    public KernelCall Bind(LinearLayer layer, KernelTarget target) =>
        Outline(layer, target) with { Parameters = Parameters?.Invoke(layer) ?? LinearParameters.Of(layer, Pack!(layer)), Tables = default };

    /// <summary>Most output rows of one step of a layer.</summary>
    public int RowsOf(LinearShape layer) => Math.Min(MostRows, layer.Output.Height);
}
