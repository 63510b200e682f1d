using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>What is known of a layer between its tensors.</summary>
public interface ILayer
{
    NodeTypes Types { get; }
}

/// <summary>An operator between the types of its tensors: all that a kernel without weights in integers depends on.</summary>
public record Layer<T>(T Operator, NodeTypes Types) : ILayer
    where T : Operator
{
    public TensorType Input => Types.Input;

    public TensorType Output => Types.Output;
}

/// <summary>A kernel that computes one row at a time of an operator without weights in integers.</summary>
public sealed record OperatorKernel<TLayer> : Kernel<TLayer, TLayer>
    where TLayer : ILayer
{
    /// <summary>The fields of the parameter block in declaration order.</summary>
    public required Func<TLayer, ImmutableArray<KernelParameter>> Parameters { get; init; }

    /// <summary>Whether finding <see cref="Parameters"/> takes so long that an outline does without; there are no tables among them
    /// then.</summary>
    public bool IsSearched { get; init; }

    /// <summary>How often a call reads its constants, by layer and rows joined into the call; null where it reads them once.</summary>
    public Func<TLayer, int, int>? Reads { get; init; }

    protected override double FlashBytesOf(TLayer layer, int rows, int kept, KernelTarget target) =>
        FlashCost.Repeated(target, TablesOf(layer).Sum(t => t.Bytes), Reads?.Invoke(layer, rows) ?? 1);

    protected override bool TakesTypesOf(TLayer layer) => Takes(layer.Types);

    public override int RowsOf(TLayer layer) => 1;

    protected override ImmutableArray<KernelParameter> ParametersOf(TLayer layer, KernelTarget target) => Parameters(layer);

    protected override ImmutableArray<TableOutline> TablesOf(TLayer layer) =>
        IsSearched ? [] : [.. Parameters(layer).OfType<TableParameter>().Select(t => TableOutline.Of(Function, t))];

    protected override int FieldsOf(TLayer layer) => IsSearched ? base.FieldsOf(layer) : Parameters(layer).Length;
}
