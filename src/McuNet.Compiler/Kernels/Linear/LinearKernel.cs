using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>A kernel that multiplies with constant weights.</summary>
public sealed record LinearKernel : Kernel<LinearShape, LinearLayer>
{
    /// <summary>Whether it adds up in 64 bits and has fields for any size.</summary>
    public bool IsWide { get; init; }

    /// <summary>Whether it reads weights of four bits.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Whether a row for the same features is taken instead wherever there is one that can compute the layer: most networks hold
    /// its code anyway.</summary>
    public bool IsFallback { get; init; }

    /// <summary>The weights in the order in which the kernel reads them, for the operator's common parameter block.</summary>
    public Func<LinearLayer, sbyte[]>? Pack { get; init; }

    /// <summary>A parameter block of the kernel's own, or the common one and more. Invariant: set exactly when <see cref="Pack"/> is
    /// not.</summary>
    public Func<LinearLayer, ImmutableArray<KernelParameter>>? Parameters { get; init; }

    /// <summary>As <see cref="Parameters"/>, where some depend on the memory of the target.</summary>
    public Func<LinearLayer, KernelTarget, ImmutableArray<KernelParameter>>? TargetParameters { get; init; }

    /// <summary>The records of its table of which some may be kept in RAM; null where none are.</summary>
    public Func<LinearShape, StreamRecords?>? Records { get; init; }

    /// <summary>Bytes of its constants that a call reads from flash, by layer, rows joined into the call, records kept in RAM and target;
    /// null where it reads them once.</summary>
    public Func<LinearShape, int, int, KernelTarget, double>? StreamBytes { get; init; }

    /// <summary>Bytes of instructions that its loops fetch again where a cache is too small for them, by layer and rows joined into a call;
    /// null for none.</summary>
    public Func<LinearShape, int, double>? LoopBytes { get; init; }

    /// <summary>Bytes of the one table of <see cref="Parameters"/>; null for the common parameter block.</summary>
    public Func<LinearShape, int>? TableBytes { get; init; }

    /// <summary>The tables of <see cref="Parameters"/> where there are several; null for one, or the common parameter block.</summary>
    public Func<LinearShape, ImmutableArray<TableOutline>>? Tables { get; init; }

    protected override bool TakesTypesOf(LinearShape layer) => IsWide || IsNarrow == layer.IsNarrow;

    protected override bool HoldsSums(LinearLayer layer) => IsWide || !layer.IsWide;

    public override int RowsOf(LinearShape layer) => Math.Min(MostRows, layer.Output.Height);

    protected override double LoopBytesOf(LinearShape layer, int rows) => LoopBytes?.Invoke(layer, rows) ?? 0;

    protected override StreamRecords? RecordsOf(LinearShape layer) => Records?.Invoke(layer);

    protected override double FlashBytesOf(LinearShape layer, int rows, int kept, KernelTarget target) =>
        StreamBytes?.Invoke(layer, rows, kept, target) ?? TablesOf(layer).Sum(t => t.Bytes);

    protected override ImmutableArray<KernelParameter> ParametersOf(LinearLayer layer, KernelTarget target) =>
        TargetParameters?.Invoke(layer, target) ?? Parameters?.Invoke(layer) ?? LinearParameters.Of(layer, Pack!(layer));

    protected override ImmutableArray<TableOutline> TablesOf(LinearShape layer) =>
        Tables is not null ? Tables(layer)
        : TableBytes is null ? LinearParameters.Tables(layer, Function, IsNarrow ? LinearNarrow.WeightBytes(layer) : layer.WeightCount)
        : [new(Function, TableBytes(layer))];

    protected override int FieldsOf(LinearShape layer) =>
        base.FieldsOf(layer) - (TableBytes is null && Tables is null ? LinearParameters.Unused(layer) : 0);
}
