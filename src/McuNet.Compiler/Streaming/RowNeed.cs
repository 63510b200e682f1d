using System;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Streaming;

/// <summary>
/// The rows of a tensor that an inference reads.
/// <code>
/// rows     0   1   2   3   4   5   6   7   8
///          top |------ inner ----------| bottom     padding reaches the top and the bottom
///                      kept    | new   |
/// </code>
/// </summary>
internal sealed class RowNeed(TimeRows time)
{
    public TimeRows Time => time;

    /// <summary>Whether rows before the inner ones are read: they are computed all, and anew.</summary>
    public bool Top { get; private set; }

    /// <summary>The same of rows behind the inner ones.</summary>
    public bool Bottom { get; private set; }

    /// <summary>The first inner row that is read.</summary>
    public int First { get; private set; } = time.Inner.End;

    /// <summary>The first row on which outputs depend, kept ones by the numbers that they have now.</summary>
    public int Reach { get; private set; } = time.Inner.End;

    public bool IsEmpty => !Top && !Bottom && First == time.Inner.End;

    /// <summary>Whether rows of inferences before this one are read.</summary>
    public bool Keeps => First < time.New.Begin;

    /// <summary>The inner rows that a state holds after the inference.</summary>
    public RowRange Kept => new(First, time.Inner.End);

    /// <summary>The rows before the inner ones that are computed.</summary>
    public RowRange TopRows => new(0, Top ? time.Inner.Begin : 0);

    /// <summary>The new rows and those behind the inner ones that are computed.</summary>
    public RowRange Tail => new(Keeps ? time.New.Begin : First, Bottom ? time.Height : time.Inner.End);

    public void Read(RowRange rows)
    {
        Top |= rows.Begin < time.Inner.Begin;
        Bottom |= rows.End > time.Inner.End;
        if (rows.End > time.Inner.Begin && rows.Begin < time.Inner.End)
            First = Math.Min(First, Math.Max(rows.Begin, time.Inner.Begin));
        DependOn(rows.Begin);
    }

    public void DependOn(int row) => Reach = Math.Min(Reach, row);
}
