using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Streaming;

/// <summary>
/// Rewrites a network to one that takes the new rows of a window.
/// <code>
/// window ─ conv ─ conv ─ mean ─ dense         new rows ─ conv ─ conv ────────────── mean ─ dense
///                                                  kept rows ┘    └ kept rows
/// </code>
/// A tensor that keeps rows becomes a state, which moves on when its new rows are there; layers read it instead.
/// </summary>
internal sealed class SlidingRewrite
{
    private readonly NetworkGraph _graph;
    private readonly int _port;
    private readonly int _hop;
    private readonly TimeAnalysis _time;
    private readonly RowNeeds _needs;
    private readonly GraphEditor _editor;
    private readonly List<StatePorts> _states;
    private readonly Dictionary<TensorId, ImmutableArray<RowPart>> _parts = [];
    private readonly Dictionary<(TensorId, RowRange), TensorId> _operands = [];
    private readonly List<string> _edges = [];
    private long _edgeMacs;

    public SlidingRewrite(NetworkGraph graph, int port, int hop, bool isPadded)
    {
        (_graph, _port, _hop, _editor, _states) = (graph, port, hop, new(graph), [.. graph.States]);
        _time = TimeAnalysis.Of(graph, graph.Inputs[port].Tensor, hop, isPadded);
        _needs = RowNeeds.Of(_time);
    }

    /// <summary>Rows of a tensor of the original network, and where the first of them is in a tensor of the new one.</summary>
    private readonly record struct RowPart(TensorId Tensor, RowRange Rows, int At = 0);

    public SlidingNetwork Run(int axis, bool inColumns)
    {
        var head = _graph.Nodes.Where(n => _time.Taken(n).Any()).ToImmutableArray();
        var (port, input) = (_graph.Inputs[_port], _graph[_graph.Inputs[_port].Tensor]);
        var taken = _editor.AddTensor(input.Name, input.Type with { Shape = input.Type.Shape with { Height = _hop } });
        var dims = port.Dims.SetItem(axis, port.Dims[axis] / input.Type.Shape.Height * _hop);
        _editor.Inputs[_port] = port with { Tensor = inColumns ? InColumns(taken) : taken, Dims = dims };
        Place(input.Id, null, new(taken, _time[input.Id]!.New));
        foreach (var node in _graph.Nodes)
        {
            if (_time[node.Id] is { } window)
                Move(node, window);
            else if (_time.Taken(node).Any())
                Head(node);
        }

        for (var o = 0; o < _graph.Outputs.Length; o++)
        {
            if (_time[_graph.Outputs[o].Tensor] is not null)
                _editor.Outputs[o] = _graph.Outputs[o] with { Tensor = Output(_graph.Outputs[o].Tensor) };
        }

        return new(Finished(input.Id, inColumns), [.. _edges], _edgeMacs, head, HeadMacs(head));
    }

    private NetworkGraph Finished(TensorId input, bool inColumns)
    {
        var (rows, reach) = (_time[input]!.Height, _needs[input].Reach);
        var sliding = new SlidingInput(_port, _hop, rows, rows - reach, _time.Lag, _graph.Macs, _time.IsPadded, inColumns);
        return _editor.ToGraph() with { States = [.. _states], Sliding = sliding };
    }

    /// <summary>New columns of which a tensor has the rows.</summary>
    private TensorId InColumns(TensorId taken)
    {
        var type = _editor.TypeOf(taken);
        var columns = _editor.AddTensor(_editor.NameOf(taken), type with { Shape = UprightSignal.Swapped(type.Shape) });
        _editor.Add($"{_editor.NameOf(taken)} upright", UprightSignal.Swap(type.Shape), [columns], taken);
        return columns;
    }

    private void Move(Node node, TimeWindow window)
    {
        _editor.Remove(node);
        var need = _needs[node.Output];
        if (need.IsEmpty)
            return;
        RowPart? top = need.TopRows.IsEmpty ? null : new(Make(node, window, need.TopRows, " first rows"), need.TopRows);
        var tail = need.Tail.IsEmpty ? (RowPart?)null : new RowPart(Make(node, window, need.Tail, ""), need.Tail);
        Place(node.Output, top, tail);
        var behind = need.Tail.End - need.Time.Inner.End;
        if (need.TopRows.IsEmpty && behind == 0)
            return;
        _edges.Add(node.Name);
        var types = _graph.TypesOf(node);
        _edgeMacs += node.Operator.Macs(types) * (need.TopRows.Count + behind) / types.Output.Shape.Height;
    }

    /// <summary>Some rows of a node's output.</summary>
    private TensorId Make(Node node, TimeWindow window, RowRange rows, string suffix)
    {
        var pieces = node.Inputs.Select(i => _needs.Piece(i, window, rows)).ToArray();
        var inputs = node.Inputs.Select((tensor, i) => Operand(tensor, pieces[i].Input)).ToImmutableArray();
        var output = _graph[node.Output];
        return Add(node.Name + suffix, window.Restrict(pieces[0]), inputs, output.Name + suffix, WithHeight(output.Type, rows.Count));
    }

    /// <summary>Notes where the rows of a tensor are, of which those that later inferences need go into a state.</summary>
    private void Place(TensorId tensor, RowPart? top, RowPart? tail)
    {
        var need = _needs[tensor];
        var parts = ImmutableArray.CreateBuilder<RowPart>();
        if (top is { } first)
            parts.Add(first);
        if (need.Keeps)
        {
            var (rows, inner) = (need.Kept, need.Time.Inner.End);
            parts.Add(new(Keep(tensor, rows, tail!.Value), rows));
            if (tail.Value.Rows.End > inner)
                parts.Add(new(tail.Value.Tensor, new(inner, tail.Value.Rows.End), inner - tail.Value.Rows.Begin));
        }
        else if (tail is { } last)
        {
            parts.Add(last);
        }

        _parts[tensor] = parts.ToImmutable();
    }

    /// <summary>The state of a tensor, moved on by its new rows.</summary>
    private TensorId Keep(TensorId tensor, RowRange rows, RowPart tail)
    {
        var (name, move) = (_graph[tensor].Name, _time[tensor]!.Move);
        var type = WithHeight(_graph[tensor].Type, rows.Count);
        var before = _editor.AddTensor($"{name} before", type);
        var movesOn = new Concat { Axis = ConcatAxis.Rows, Ranges = [new(move, rows.Count), new(0, move)] };
        var after = Add($"{name} kept", movesOn, [before, tail.Tensor], $"{name} kept", type);
        _states.Add(new(_editor.Inputs.Count, _editor.Outputs.Count) { KeepsRows = true });
        _editor.Inputs.Add(Port(name, before, type));
        _editor.Outputs.Add(Port(name, after, type));
        return after;
    }

    private static GraphPort Port(string name, TensorId tensor, TensorType type) =>
        new(name, tensor, [1, type.Shape.Height, type.Shape.Width, type.Shape.Channels], type.Element) { StoredOrder = true };

    /// <summary>A tensor of the rows of another.</summary>
    private TensorId Operand(TensorId tensor, RowRange rows)
    {
        if (_operands.TryGetValue((tensor, rows), out var known))
            return known;
        var whole = _parts[tensor]
            .Where(p => p.Rows == rows && HeightOf(p.Tensor) == rows.Count)
            .Select(p => (TensorId?)p.Tensor)
            .FirstOrDefault();
        return _operands[(tensor, rows)] = whole ?? Join(tensor, rows);
    }

    private TensorId Output(TensorId tensor) => Join(tensor, _needs.Whole(tensor));

    private TensorId Join(TensorId tensor, RowRange rows)
    {
        var parts = _parts[tensor].Where(p => p.Rows.Begin < rows.End && p.Rows.End > rows.Begin).ToArray();
        var ranges = parts.Select(p =>
        {
            var (begin, end) = (Math.Max(p.Rows.Begin, rows.Begin), Math.Min(p.Rows.End, rows.End));
            return new RowRange(begin - p.Rows.Begin + p.At, end - p.Rows.Begin + p.At);
        });
        var name = $"{_graph[tensor].Name} rows {rows.Begin} to {rows.End}";
        var join = new Concat { Axis = ConcatAxis.Rows, Ranges = [.. ranges] };
        return Add(name, join, [.. parts.Select(p => p.Tensor)], name, WithHeight(_graph[tensor].Type, rows.Count));
    }

    /// <summary>A node that takes whole tensors, or the rows of them that it reads.</summary>
    private void Head(Node node)
    {
        var inputs = node.Inputs.Select(i => _time[i] is null ? i : Operand(i, _needs.Head(node, i).Input)).ToImmutableArray();
        var op =
            node.Inputs.Length == 1 && TimeWindows.Of(node.Operator, _graph.TypesOf(node)) is { } window
                ? window.Restrict(
                    window.Piece(new(0, _graph[node.Output].Type.Shape.Height), new(0, _graph[node.Inputs[0]].Type.Shape.Height))
                )
                : node.Operator;
        _editor.Replace(node, op, inputs, node.Output);
    }

    private long HeadMacs(ImmutableArray<Node> head)
    {
        var reached = head.Select(n => n.Output).ToHashSet();
        foreach (var node in _graph.Nodes.Where(n => n.Inputs.Any(reached.Contains)))
            reached.Add(node.Output);
        return _graph.Nodes.Where(n => reached.Contains(n.Output)).Sum(n => n.Operator.Macs(_graph.TypesOf(n)));
    }

    private int HeightOf(TensorId tensor) => _editor.TypeOf(tensor).Shape.Height;

    private static TensorType WithHeight(TensorType type, int height) => type with { Shape = type.Shape with { Height = height } };

    private TensorId Add(string name, Operator op, ImmutableArray<TensorId> inputs, string output, TensorType type)
    {
        var tensor = _editor.AddTensor(output, type);
        _editor.Add(name, op, inputs, tensor);
        return tensor;
    }
}
