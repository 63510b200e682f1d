using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Graph;

/// <summary>A half-open range of rows.</summary>
public readonly record struct RowRange(int Begin, int End)
{
    public static readonly RowRange Empty = new(0, 0);

    public bool IsEmpty => End <= Begin;

    public int Count => Math.Max(0, End - Begin);

    public bool Contains(int row) => row >= Begin && row < End;
}

/// <summary>
/// How an operator works through its rows. It runs as <see cref="Steps"/> steps in order; step s reads some rows of each input and
/// completes some rows of the output.
///
///   window 3, stride 1, pad 1       accumulation (global pooling)       barrier (dense)
///   step 0 reads 0..2 writes 0      step 0 reads 0 writes nothing       step 0 reads all rows, writes all
///   step 1 reads 0..3 writes 1      step 1 reads 1 writes nothing
///   step 2 reads 1..4 writes 2      step 2 reads 2 writes row 0
/// </summary>
/// <remarks>Invariant: rows are completed in ascending order, and the begin of what a step reads never falls from step to step.</remarks>
public abstract record RowDependency(int Steps)
{
    /// <summary>Rows of input <paramref name="input"/> that step <paramref name="step"/> reads, clipped to the tensor.</summary>
    public abstract RowRange Reads(int input, int step);

    /// <summary>Output rows that the step completes.</summary>
    public abstract RowRange Writes(int step);

    /// <summary>The row of an input that a step reads, where its kernel takes one.</summary>
    public abstract RowIndex RowOf(int input);

    /// <summary>The row of the output that a step works on, where its kernel takes one.</summary>
    public virtual RowIndex OutputRow => new StridedRow();

    /// <summary>The rows of input 0 that a step reads, padding included, where it reads a window of them; else null.</summary>
    public virtual RowSpan? Span => null;

    /// <summary>
    /// The one row that a step reads, of whichever input, by ranges of steps that follow one another; empty where a step reads another
    /// number of rows.
    /// </summary>
    public virtual ImmutableArray<RowPiece> Pieces => [];

    /// <summary>
    /// Whether each output element is written only after the last read of input elements at the same or a lower offset in the row,
    /// so that an input row that dies in this step may give its place to the output row.
    /// </summary>
    public bool InPlace { get; init; }

    /// <summary>Whether <see cref="InPlace"/> holds for rows of input <paramref name="input"/>.</summary>
    public virtual bool MayOverwrite(int input) => InPlace;

    /// <summary>Whether several steps may run as one call when their rows lie one behind the other in memory.</summary>
    public bool Joinable { get; init; }
}

/// <summary>Output row y comes from a window of input rows.</summary>
public sealed record WindowRows(Window Window, int InputHeight, int OutputHeight) : RowDependency(OutputHeight)
{
    public override RowSpan Span => new(new(Window.StrideHeight, Window.PadTop), Window.KernelHeight, Window.DilationHeight, InputHeight);

    public override RowIndex RowOf(int input) => new StridedRow(Window.StrideHeight);

    public override RowRange Reads(int input, int step)
    {
        var first = step * Window.StrideHeight - Window.PadTop;
        return new(Math.Clamp(first, 0, InputHeight), Math.Clamp(first + Window.SpanHeight, 0, InputHeight));
    }

    public override RowRange Writes(int step) => new(step, step + 1);
}

/// <summary>Output row y comes from row y of every input.</summary>
public sealed record SameRows(int Height) : RowDependency(Height)
{
    public override RowIndex RowOf(int input) => new StridedRow();

    public override RowRange Reads(int input, int step) => new(step, step + 1);

    public override RowRange Writes(int step) => new(step, step + 1);
}

/// <summary>Output row y comes from row y of input 0 and the only row of every other input, which is read again at every step.</summary>
public sealed record BroadcastRows(int Height) : RowDependency(Height)
{
    public override RowIndex RowOf(int input) => input == 0 ? new StridedRow() : new FirstRow();

    public override RowRange Reads(int input, int step) => input == 0 ? new(step, step + 1) : new(0, 1);

    public override RowRange Writes(int step) => new(step, step + 1);

    public override bool MayOverwrite(int input) => InPlace && input == 0;
}

/// <summary>Input rows are consumed one by one into accumulators; the last one completes the single output row.</summary>
public sealed record AccumulatedRows(int InputHeight) : RowDependency(InputHeight)
{
    public override RowIndex OutputRow => new FirstRow();

    public override RowIndex RowOf(int input) => new StridedRow();

    public override RowRange Reads(int input, int step) => new(step, step + 1);

    public override RowRange Writes(int step) => step == InputHeight - 1 ? new(0, 1) : RowRange.Empty;
}

/// <summary>One step reads everything and writes everything.</summary>
public sealed record AllRows(int InputHeight, int OutputHeight) : RowDependency(1)
{
    public override RowIndex OutputRow => new FirstRow();

    public override RowIndex RowOf(int input) => new FirstRow();

    public override RowRange Reads(int input, int step) => new(0, InputHeight);

    public override RowRange Writes(int step) => new(0, OutputHeight);
}

/// <summary>Output row y comes from row Source[y] of the input, in any order: rows that a later step reads again stay.</summary>
public sealed record MappedRows(ImmutableArray<int> Source) : RowDependency(Source.Length)
{
    private readonly RowRange[] _reads = Ranges(Source);

    public override RowIndex RowOf(int input) => StridedRow.Of(Source) is { } strided ? strided : new MappedRow(Source);

    /// <summary>From the lowest row that this step or a later one reads to the highest that it or an earlier one does.</summary>
    public override RowRange Reads(int input, int step) => _reads[step];

    public override RowRange Writes(int step) => new(step, step + 1);

    private static RowRange[] Ranges(ImmutableArray<int> source)
    {
        var ranges = new RowRange[source.Length];
        for (var (step, end) = (0, 0); step < ranges.Length; step++)
            ranges[step] = new(source[step], end = Math.Max(end, source[step] + 1));
        for (var (step, begin) = (ranges.Length - 1, int.MaxValue); step >= 0; step--)
            ranges[step] = new(begin = Math.Min(begin, source[step]), ranges[step].End);
        return ranges;
    }
}

/// <summary>Some rows of every input, one input after the other.</summary>
/// <param name="Ranges">The rows that are taken of each.</param>
public sealed record StackedRows(ImmutableArray<RowRange> Ranges) : RowDependency(Ranges.Sum(r => r.Count))
{
    public override RowIndex RowOf(int input) => new StridedRow(Pad: Before(input) - Ranges[input].Begin);

    public override ImmutableArray<RowPiece> Pieces =>
        [.. Ranges.Select((range, input) => new RowPiece(Before(input) + range.Count, input, RowOf(input)))];

    public override RowRange Reads(int input, int step)
    {
        var range = Ranges[input];
        var row = Math.Clamp(step - Before(input) + range.Begin, range.Begin, range.End);
        return new(row, step < Before(input) ? row : Math.Min(row + 1, range.End));
    }

    public override RowRange Writes(int step) => new(step, step + 1);

    private int Before(int input) => Ranges.Take(input).Sum(r => r.Count);
}

/// <summary>Every row of the input, between rows that come from nowhere.</summary>
public sealed record PaddedRows(int Top, int Height, int Bottom) : RowDependency(Top + Height + Bottom)
{
    public override RowIndex RowOf(int input) => new StridedRow(Pad: Top);

    public override ImmutableArray<RowPiece> Pieces =>
        [new(Top, null, RowOf(0)), new(Top + Height, 0, RowOf(0)), new(Steps, null, RowOf(0))];

    public override RowRange Reads(int input, int step) =>
        step < Top ? RowRange.Empty
        : step < Top + Height ? new(step - Top, step - Top + 1)
        : new(Height, Height);

    public override RowRange Writes(int step) => new(step, step + 1);
}

/// <summary>One step reads all rows of every input and writes everything.</summary>
public sealed record AllRowsOfEach(ImmutableArray<int> InputHeights, int OutputHeight) : RowDependency(1)
{
    public override RowIndex OutputRow => new FirstRow();

    public override RowIndex RowOf(int input) => new FirstRow();

    public override RowRange Reads(int input, int step) => new(0, InputHeights[input]);

    public override RowRange Writes(int step) => new(0, OutputHeight);
}

/// <summary>Rows that the application delivers again: the step reads nothing that lies in memory, and asks for no row to be kept.</summary>
public sealed record DeliveredRows(int Height) : RowDependency(Height)
{
    public override RowIndex RowOf(int input) => new StridedRow();

    /// <summary>Empty, and it begins behind the last row, so that nothing waits for it.</summary>
    public override RowRange Reads(int input, int step) => new(Height, 0);

    public override RowRange Writes(int step) => new(step, step + 1);
}
