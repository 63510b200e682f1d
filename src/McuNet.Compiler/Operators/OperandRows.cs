using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>Output row y comes from row y of the operands that follow, and from any row of the others.</summary>
internal sealed record OperandRows(int Height, ImmutableArray<int> Heights, ImmutableArray<bool> Follow) : RowDependency(Height)
{
    /// <summary>The operands that the output may overwrite; none where it is empty.</summary>
    public ImmutableArray<bool> Full { get; init; } = [];

    /// <summary>Of operands each of whose axes has the size of the result's, or one element.</summary>
    public static OperandRows Of(NodeTypes types) =>
        new(
            types.Output.Shape.Height,
            [.. types.Inputs.Select(t => t.Shape.Height)],
            [.. types.Inputs.Select(t => t.Shape.Height == types.Output.Shape.Height)]
        )
        {
            Full = [.. types.Inputs.Select(t => t.Shape == types.Output.Shape)],
        };

    public override RowIndex RowOf(int input) => Follow[input] ? new StridedRow() : new FirstRow();

    public override RowRange Reads(int input, int step) => Follow[input] ? new(step, step + 1) : new(0, Heights[input]);

    public override RowRange Writes(int step) => new(step, step + 1);

    public override bool MayOverwrite(int input) => !Full.IsEmpty && Full[input];
}
