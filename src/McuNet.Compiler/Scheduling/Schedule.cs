using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Scheduling;

/// <summary>How the network gets its input.</summary>
public enum InputMode
{
    /// <summary>The whole input lies in the arena before the inference starts.</summary>
    Resident,

    /// <summary>The application delivers rows when they are first needed.</summary>
    Rows,
}

/// <summary>
/// One call: a node runs its row steps [First, First + Count) one after the other, or as one step, a block, where <see cref="Joined"/>.
/// </summary>
/// <remarks>The node <see cref="InputNode"/> stands for the application delivering input rows.</remarks>
public readonly record struct ScheduleStep(NodeId Node, int First, int Count, bool Joined = false)
{
    public static readonly NodeId InputNode = new(-1);

    public bool IsInput => Node == InputNode;

    public int End => First + Count;
}

/// <summary>
/// A run of nodes [FirstNode, EndNode) executed interleaved, each row computed when a later node of the run first needs it.
/// A segment of one node is layer-by-layer execution.
/// </summary>
/// <param name="FirstStep">Index of its first step in the schedule.</param>
public sealed record Segment(int FirstNode, int EndNode, int FirstStep, int EndStep)
{
    public int Nodes => EndNode - FirstNode;
}

/// <summary>
/// The order of all row steps of an inference. Everything about memory follows from it: how many rows of a tensor live at once
/// (<see cref="RowLiveness"/>) and so how large its buffer is.
/// </summary>
/// <remarks>
/// Invariant: every node runs a prefix of its steps, in order, each after the rows it reads are complete; all rows of outputs are computed.
/// Either all steps of a node are joined or none.
/// </remarks>
public sealed record Schedule(NetworkRows Rows, InputMode Input, ImmutableArray<ScheduleStep> Steps, ImmutableArray<Segment> Segments)
{
    public NetworkGraph Graph => Rows.Graph;

    /// <summary>By node: the most rows of a joined step, 0 where it runs row by row.</summary>
    public ImmutableArray<int> BlockRows()
    {
        var rows = new int[Graph.Nodes.Length];
        foreach (var step in Steps.Where(s => s.Joined))
            rows[step.Node.Value] = Math.Max(rows[step.Node.Value], step.Count);
        return [.. rows];
    }

    /// <summary>Whether a node runs its rows in blocks.</summary>
    public bool IsJoined(NodeId node) => Steps.Any(s => s.Node == node && s.Joined);

    /// <summary>Whether a segment is one node that runs all its rows as one step.</summary>
    public bool IsWhole(Segment segment) => segment.Nodes == 1 && Steps[segment.EndStep - 1] is { Joined: true, First: 0 };

    /// <summary>Index of the segment that runs a node; -1 where none does.</summary>
    public int SegmentOf(NodeId node)
    {
        for (var s = 0; s < Segments.Length; s++)
        {
            if (node.Value >= Segments[s].FirstNode && node.Value < Segments[s].EndNode)
                return s;
        }
        return -1;
    }

    /// <summary>By node: the kernel that this schedule calls, of what the search was offered.</summary>
    public ImmutableArray<KernelCall> Called(ImmutableArray<KernelCall> offered) =>
        [.. BlockRows().Select((rows, n) => rows > 0 ? offered[n].OfBlock(rows) : offered[n])];
}
