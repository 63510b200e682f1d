using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Mean over a window; padding counts neither in the sum nor, unless <see cref="CountPadding"/>, in the number.
/// </summary>
public sealed partial record AveragePool : Operator, IClamped, IWindowed
{
    public required Window Window { get; init; }

    public bool CountPadding { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "AveragePool";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) =>
        new(Window.OutputHeight(inputs[0].Height), Window.OutputWidth(inputs[0].Width), inputs[0].Channels);

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new WindowRows(Window, types.Input.Shape.Height, types.Output.Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) =>
        ColumnSlice.Windowed(Window, types, output, w => this with { Window = w });
}
