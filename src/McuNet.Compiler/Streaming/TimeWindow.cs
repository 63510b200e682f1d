using System;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Streaming;

/// <summary>Some rows of an operator's output, and the rows of its inputs that they come from.</summary>
/// <param name="Top">Rows of padding before the first of the input.</param>
/// <param name="Bottom">Rows of padding behind its last.</param>
internal readonly record struct TimePiece(RowRange Output, RowRange Input, int Top, int Bottom);

/// <summary>
/// How an operator goes along rows: row y of its output reads the rows [y * Stride - Pad, y * Stride - Pad + Span) of each input, in the
/// same way for all y. Rows outside the input are padding.
/// </summary>
/// <param name="Restrict">The operator that makes a piece of the output from the rows that it needs.</param>
internal sealed record TimeWindow(int Stride, int Pad, int Span, Func<TimePiece, Operator> Restrict)
{
    /// <summary>The first row that a window takes, which may be padding.</summary>
    public int First(int row) => row * Stride - Pad;

    /// <summary>The row behind the last that a window takes.</summary>
    public int End(int row) => First(row) + Span;

    /// <summary>The output rows whose windows lie within rows of the input.</summary>
    public RowRange Within(RowRange input) =>
        new(-(int)Math.Floor((double)-(input.Begin + Pad) / Stride), (int)Math.Floor((double)(input.End + Pad - Span) / Stride) + 1);

    /// <param name="input">The rows that there are.</param>
    public TimePiece Piece(RowRange output, RowRange input)
    {
        var (first, end) = (First(output.Begin), End(output.End - 1));
        return new(
            output,
            new(Math.Max(input.Begin, first), Math.Min(input.End, end)),
            Math.Max(0, input.Begin - first),
            Math.Max(0, end - input.End)
        );
    }
}
