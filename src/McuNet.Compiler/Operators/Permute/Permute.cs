using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>How often a loop runs, and how many elements of the input it goes on each time.</summary>
public readonly record struct MoveLoop(int Count, int Stride);

/// <summary>
/// The input's elements, each once, in another order under another shape. <see cref="Loops"/>, outermost first, lead to the places in the
/// input of the output's elements in stored order. Transpositions, blocks of pixels turned into channels or back.
///
///   2 x 3 transposed to 3 x 2: 3 times, 1 on; in it 2 times, 3 on
/// </summary>
/// <remarks>Invariant: some of the loops, from the first on, lead to the output's rows; none goes from inside a row of the input to another
/// one.</remarks>
public sealed partial record Permute : Operator
{
    /// <summary>The most loops that a kernel runs.</summary>
    public const int MostLoops = 8;

    public required TensorShape Shape { get; init; }

    public required ImmutableArray<MoveLoop> Loops { get; init; }

    public override string Kind => "Permute";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => Shape;

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) =>
        GroupOf(types.Input.Shape) switch
        {
            null => new AllRows(types.Input.Shape.Height, Shape.Height),
            { Read: 1, Written: 1 } => new SameRows(Shape.Height),
            { Read: 1, Written: var written } => new MappedRows([.. Enumerable.Range(0, Shape.Height).Select(y => y / written)]),
            { Read: var read } => new WindowRows(
                new()
                {
                    KernelHeight = read,
                    KernelWidth = 1,
                    StrideHeight = read,
                },
                types.Input.Shape.Height,
                Shape.Height
            ),
        };

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => null;

    /// <summary>
    /// Neighbouring rows of the input that make neighbouring rows of the output and no others, as few as there are, from loop <c>Loop</c>
    /// on; null where neither
    /// is a single row, so that the operator takes everything at once.
    /// </summary>
    private (int Read, int Written, int Loop)? GroupOf(TensorShape input)
    {
        var (rest, height, loop) = (input.Elements, Shape.Height, 0);
        for (
            ;
            loop < Loops.Length
                && height % Loops[loop].Count == 0
                && Loops[loop].Stride == rest / Loops[loop].Count
                && Loops[loop].Stride % input.RowElements == 0;
            loop++
        )
            (rest, height) = (Loops[loop].Stride, height / Loops[loop].Count);
        var read = rest / input.RowElements;
        return read == 1 || height == 1 ? (read, height, loop) : null;
    }
}
