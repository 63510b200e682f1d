using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Channels chosen from those of the same pixel, in any order and any number of times: channel c is channel <see cref="Source"/>[c].
/// Slices, shuffles, repetitions.
/// </summary>
public sealed partial record SelectChannels : Operator
{
    public required ImmutableArray<int> Source { get; init; }

    public override string Kind => "SelectChannels";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0] with { Channels = Source.Length };

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { InPlace = IsRange };

    /// <summary>Whether the channels are neighbours in ascending order.</summary>
    private bool IsRange => Source.SequenceEqual(Enumerable.Range(Source[0], Source.Length));

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => ColumnSlice.Same(this, types, output);
}
