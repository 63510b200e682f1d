using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Element-wise product of two tensors of the same shape, or of a tensor and one value per channel: the second input is 1 x 1 x C then,
/// as in squeeze-and-excite.
/// </summary>
public sealed partial record Mul : Operator, IClamped
{
    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Mul";

    public override OperandRule Operands => new(2, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0];

    public override long Macs(NodeTypes types) => types.Output.Shape.Elements;

    public override RowDependency Rows(NodeTypes types)
    {
        var height = types.Output.Shape.Height;
        return PerChannel(types)
            ? new BroadcastRows(height) { InPlace = true, Joinable = true }
            : new SameRows(height) { InPlace = true, Joinable = true };
    }

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => new(this, [output, PerChannel(types) ? new(0, 1) : output]);

    private static bool PerChannel(NodeTypes types) => types.Inputs[0].Shape != types.Inputs[1].Shape;
}
