using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// A function of each element on its own, of int8 as a table of all 256 results: Sigmoid, Tanh, LeakyRelu and the like.
/// </summary>
public sealed partial record Lookup : PixelwiseOperator, IClamped
{
    public required UnaryFunction Function { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => Function.GetType().Name;

    public override OperandRule Operands => new(1, TypeRule.OneKindOrRealResult);

    public override RowDependency Rows(NodeTypes types) =>
        new SameRows(types.Output.Shape.Height) { InPlace = types.Input.Element.Size() == types.Output.Element.Size(), Joinable = true };
}
