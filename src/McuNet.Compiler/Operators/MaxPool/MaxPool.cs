using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Maximum over a window; padding never wins. Input and output share their quantisation.
/// </summary>
public sealed partial record MaxPool : Operator, IWindowed
{
    public required Window Window { get; init; }

    public override string Kind => "MaxPool";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) =>
        new(Window.OutputHeight(inputs[0].Height), Window.OutputWidth(inputs[0].Width), inputs[0].Channels);

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new WindowRows(Window, types.Input.Shape.Height, types.Output.Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) =>
        ColumnSlice.Windowed(Window, types, output, w => this with { Window = w });
}
