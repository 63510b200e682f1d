using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// The channels of any number of tensors of one height and width, one behind the other. The tensors may have different scales.
/// </summary>
public sealed partial record Concat : Operator, IClamped
{
    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Concat";

    public override OperandRule Operands => new(0, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0] with { Channels = inputs.Sum(i => i.Channels) };

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { Joinable = true };

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => ColumnSlice.Same(this, types, output);
}
