using System;
using System.Collections.Immutable;

namespace McuNet.Compiler.Graph;

/// <summary>A half-open range of columns.</summary>
public readonly record struct ColumnRange(int Begin, int End)
{
    public int Count => End - Begin;

    /// <summary>The smallest range that holds both.</summary>
    public ColumnRange Hull(ColumnRange other) => new(Math.Min(Begin, other.Begin), Math.Max(End, other.End));
}

/// <summary>
/// An operator restricted to a range of its output columns: <paramref name="Operator"/> computes exactly these from exactly the columns
/// <paramref name="Inputs"/>, one range per input.
///
///   window 3, stride 1, pad 1, width 8        output [0, 4) of 8: input [0, 5), left pad 1, right pad 0
///                                             output [4, 8) of 8: input [3, 8), left pad 0, right pad 1
/// </summary>
/// <remarks>Invariant: the values are those of the whole operator, bit for bit; every range is non-empty and inside its input.</remarks>
public sealed record ColumnSlice(Operator Operator, ImmutableArray<ColumnRange> Inputs)
{
    /// <summary>Column x of the output comes from column x of every input.</summary>
    public static ColumnSlice Same(Operator op, NodeTypes types, ColumnRange output) =>
        new(op, [.. System.Linq.Enumerable.Repeat(output, types.Inputs.Length)]);

    /// <summary>Columns seen through a window. Null where they would read nothing but padding.</summary>
    /// <param name="with">The operator with another window.</param>
    public static ColumnSlice? Windowed(Window window, NodeTypes types, ColumnRange output, Func<Window, Operator> with)
    {
        var width = types.Input.Shape.Width;
        var begin = output.Begin * window.StrideWidth - window.PadLeft;
        var end = (output.End - 1) * window.StrideWidth - window.PadLeft + window.SpanWidth;
        if (begin >= width || end <= 0)
            return null;
        var reads = new ColumnRange(Math.Max(0, begin), Math.Min(width, end));
        return new(with(window with { PadLeft = reads.Begin - begin, PadRight = end - reads.End }), [reads]);
    }
}
