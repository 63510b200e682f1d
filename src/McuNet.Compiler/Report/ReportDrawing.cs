using System.Collections.Immutable;

namespace McuNet.Compiler.Report;

/// <summary>What only pictures need: when what runs and lives, and how the passes made the network.</summary>
public sealed record ReportDrawing
{
    /// <summary>The end of the time axis.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>All that lives in the arena.</summary>
    public required ImmutableArray<DrawnBuffer> Buffers { get; init; }

    /// <summary>Nodes of the network as it runs, in order.</summary>
    public required ImmutableArray<DrawnNode> Nodes { get; init; }

    public required ImmutableArray<DrawnSegment> Segments { get; init; }

    /// <summary>The import, then all passes in order.</summary>
    public required ImmutableArray<DrawnPass> Passes { get; init; }
}

/// <summary>A buffer of the arena.</summary>
/// <param name="What">ring of N rows, whole tensor, scratch, accumulators or weights.</param>
/// <param name="Live">In order of time.</param>
public sealed record DrawnBuffer(
    string Name,
    string What,
    int Offset,
    long Bytes,
    double Begin,
    double End,
    ImmutableArray<DrawnLife> Live
);

/// <summary>Bytes [Lo, Hi) of the arena live from Begin to End.</summary>
public readonly record struct DrawnLife(double Begin, double End, int Lo, int Hi);

/// <summary>From Begin to End.</summary>
public readonly record struct DrawnSpan(double Begin, double End);

/// <param name="Operator">Index of the report's operator that it belongs to.</param>
/// <param name="Band">Its number among the bands of that, from 1.</param>
/// <param name="Inputs">Indices of the nodes before it; -1 for an input of the network.</param>
/// <param name="Result">Shape of the output, and how much of it has room.</param>
/// <param name="IsRing">Whether that is less than all.</param>
/// <param name="Calls">When it runs.</param>
public sealed record DrawnNode(
    string Name,
    string Kind,
    int Operator,
    int Band,
    int Segment,
    ImmutableArray<int> Inputs,
    string Result,
    bool IsRing,
    int BlockRows,
    ImmutableArray<DrawnSpan> Calls
);

/// <summary>Nodes [First, End) that take turns.</summary>
/// <param name="Mode">rows, band, layer or whole.</param>
public sealed record DrawnSegment(int First, int End, string Mode, long Bytes, DrawnSpan Time);

/// <summary>The network after a pass.</summary>
/// <param name="Lines">All nodes, and those that went; none where nothing changed.</param>
public sealed record DrawnPass(string Name, string Reason, int Nodes, ImmutableArray<DrawnLine> Lines);

/// <summary>What a pass did with a node.</summary>
public enum Change
{
    None,
    Added,
    Removed,

    /// <summary>Its operator has other constants or attributes than text shows.</summary>
    Inside,
}

/// <param name="Statement">The node with the names of its tensors: <c>y: Int8 1x1x10 = Dense(x)</c>.</param>
public sealed record DrawnLine(Change Change, string Node, string Statement);
