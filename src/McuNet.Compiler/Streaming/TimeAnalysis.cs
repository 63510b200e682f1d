using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Streaming;

/// <summary>
/// Which tensors of a network keep rows from one window of an input to the next: those that only operators along rows lie between. What is
/// left, the head, takes whole tensors.
/// </summary>
internal sealed class TimeAnalysis
{
    private readonly TimeRows?[] _rows;
    private readonly TimeWindow?[] _windows;

    private TimeAnalysis(NetworkGraph graph) =>
        (Graph, _rows, _windows) = (graph, new TimeRows?[graph.Tensors.Length], new TimeWindow?[graph.Nodes.Length]);

    public NetworkGraph Graph { get; }

    /// <summary>Whether the ends of each window are padded, as the model file says.</summary>
    public bool IsPadded { get; private init; }

    /// <summary>Rows of the input, the newest, that the outputs do not know yet.</summary>
    public int Lag { get; private set; }

    public static TimeAnalysis Of(NetworkGraph graph, TensorId input, int hop, bool isPadded)
    {
        var analysis = new TimeAnalysis(graph) { IsPadded = isPadded };
        var height = graph[input].Type.Shape.Height;
        analysis._rows[input.Value] = new(1, hop, new(isPadded ? 0 : TimeRows.Past, height), height);
        foreach (var node in graph.Nodes)
            analysis.Follow(node);
        analysis.Lag = analysis.LagOf();
        return analysis;
    }

    /// <summary>The rows of a tensor; null where it belongs to the head, or has nothing to do with the input.</summary>
    public TimeRows? this[TensorId tensor] => _rows[tensor.Value];

    /// <summary>How a node goes along rows; null where it is of the head.</summary>
    public TimeWindow? this[NodeId node] => _windows[node.Value];

    /// <summary>The rows of a tensor that the model file means by <paramref name="rows"/>, so much later as the outputs lag
    /// behind.</summary>
    public RowRange Delayed(TimeRows time, RowRange rows) => new(rows.Begin - Lag / time.Stride, rows.End - Lag / time.Stride);

    /// <summary>Whether a node of the head reads rows of a tensor that keeps some.</summary>
    public IEnumerable<TensorId> Taken(Node node) => this[node.Id] is null ? node.Inputs.Where(i => this[i] is not null) : [];

    private void Follow(Node node)
    {
        var inputs = node.Inputs.Select(i => _rows[i.Value]).ToArray();
        if (
            inputs is not [{ } first, ..]
            || inputs.Any(r => r is null || r.Stride != first.Stride || r.Height != first.Height)
            || TimeWindows.Of(node.Operator, Graph.TypesOf(node)) is not { } window
        )
            return;
        var height = Graph[node.Output].Type.Shape.Height;
        var inner = window.Within(new(inputs.Max(r => r!.Inner.Begin), inputs.Min(r => r!.Inner.End)));
        var rows = new TimeRows(
            first.Stride * window.Stride,
            Math.Max(1, first.Move / window.Stride),
            new(inner.Begin, Math.Min(height, inner.End)),
            height
        );
        if (rows.Keeps)
            (_rows[node.Output.Value], _windows[node.Id.Value]) = (rows, window);
    }

    private int LagOf()
    {
        if (IsPadded)
            return 0;
        var taken = Graph
            .Nodes.SelectMany(Taken)
            .Concat(Graph.Outputs.Select(p => p.Tensor))
            .Select(t => this[t])
            .OfType<TimeRows>()
            .ToArray();
        var step = taken.Aggregate(1, (multiple, rows) => Multiples.Least(multiple, rows.Stride));
        var lag = taken.Select(r => (r.Height - r.Inner.End) * r.Stride).DefaultIfEmpty(0).Max();
        return (lag + step - 1) / step * step;
    }
}
