using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Graph;

/// <summary>Which row of a tensor a step works on, in a form that code can compute from the number of the step.</summary>
public abstract record RowIndex
{
    public abstract int At(int step);
}

/// <summary>The first row, at every step.</summary>
public sealed record FirstRow : RowIndex
{
    public override int At(int step) => 0;
}

/// <summary>Row step * <paramref name="Stride"/> - <paramref name="Pad"/>; negative ones are padding.</summary>
public sealed record StridedRow(int Stride = 1, int Pad = 0) : RowIndex
{
    /// <summary>The rows in this form where they ascend evenly; null where they do not.</summary>
    public static StridedRow? Of(ImmutableArray<int> rows)
    {
        var stride = rows.Length > 1 ? rows[1] - rows[0] : 1;
        return stride > 0 && rows.Select((row, step) => row == rows[0] + step * stride).All(even => even) ? new(stride, -rows[0]) : null;
    }

    public override int At(int step) => step * Stride - Pad;
}

/// <summary>Row <paramref name="Source"/>[step].</summary>
public sealed record MappedRow(ImmutableArray<int> Source) : RowIndex
{
    /// <summary>The number of times that every row is repeated, 0 where that varies.</summary>
    public int Ratio => Enumerable.Range(1, Source.Length).FirstOrDefault(f => Source.Select((row, y) => row == y / f).All(equal => equal));

    public override int At(int step) => Source[step];
}

/// <summary>
/// Up to step <paramref name="End"/>, and from the end of the piece before, a step reads row <paramref name="Row"/> of input <paramref
/// name="Input"/>; of no input where that is null.
/// </summary>
public readonly record struct RowPiece(int End, int? Input, RowIndex Row);

/// <summary>The rows First + i * <paramref name="Dilation"/> that a step reads, i in [0, Count); those outside [0, Height) are
/// padding.</summary>
public sealed record RowSpan(StridedRow First, int Count, int Dilation, int Height);
