using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>Between how many pixels of each axis a sample lies. Kernels know them by these numbers, of pixels.</summary>
public enum GridInterpolation
{
    Nearest = 1,
    Linear = 2,
    Cubic = 4,
}

/// <summary>What pixels beyond the ends are. Kernels know them by these numbers.</summary>
public enum GridPadding
{
    Zeros = 0,
    Border = 1,
    Reflection = 2,
}

/// <summary>
/// Samples of an image at places that another tensor gives, x and y of each result pixel, from -1 to 1 over the image. Of real numbers
/// only. Inputs: [H, W, C] and [rows, columns, 2]; output [rows, columns, C].
/// </summary>
public sealed partial record GridSample : Operator, IClamped
{
    public required GridInterpolation Interpolation { get; init; }

    public required GridPadding Padding { get; init; }

    /// <summary>Whether -1 and 1 are the middles of the first and last pixel, rather than their outer edges.</summary>
    public required bool AlignCorners { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "GridSample";

    public override OperandRule Operands => new(2, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[1] with { Channels = inputs[0].Channels };

    public override long Macs(NodeTypes types) => (long)Interpolation * (long)Interpolation * types.Output.Shape.Elements;

    /// <summary>Any row of the image may be needed for the first result, and one row of places for each.</summary>
    public override RowDependency Rows(NodeTypes types) =>
        new OperandRows(types.Output.Shape.Height, [types.Inputs[0].Shape.Height, types.Output.Shape.Height], [false, true]);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => new(this, [new(0, types.Inputs[0].Shape.Width), output]);
}
