using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Scheduling;

/// <summary>
/// The order of row steps inside a segment: the sinks of the segment advance evenly, and each row is computed when the next node first
/// needs it. Rows that nobody reads (the last ones before a stride) are never computed.
///
///   conv 3x3 -> conv 3x3, two rows of the second:
///   c1.0 c1.1 c2.0 | c1.2 c2.1 | …
///
/// A node with blocks runs several rows as one step, once the first of them is needed.
///
///   c1.0 c1.1 c1.2 c2.01 | c1.3 c1.4 c2.23 | …
/// </summary>
public sealed class DemandOrder
{
    private readonly NetworkRows _rows;
    private readonly InputMode _input;
    private readonly int[] _done;
    private readonly int[] _written;
    private readonly int[] _needed;
    private readonly int[] _askers;
    private readonly List<ScheduleStep> _steps = [];
    private readonly PriorityQueue<int, (double Progress, int Node)> _turns = new();
    private IReadOnlyList<int>? _blocks;
    private int _first;

    public DemandOrder(NetworkRows rows, InputMode input)
    {
        _rows = rows;
        _input = input;
        _done = new int[rows.Graph.Nodes.Length];
        _written = new int[rows.Graph.Tensors.Length];
        _needed = new int[rows.Graph.Nodes.Length];
        _askers = new int[rows.Graph.Nodes.Length + 1];
        Reset(0);
    }

    /// <summary>Starts over as if all nodes before <paramref name="firstNode"/> had run.</summary>
    public void Reset(int firstNode)
    {
        _steps.Clear();
        Array.Fill(_askers, -1);
        for (var n = 0; n < _done.Length; n++)
            _done[n] = n < firstNode ? _rows.WriteEnd[n].Length : 0;
        for (var t = 0; t < _written.Length; t++)
            _written[t] = _rows.IsReady(t, firstNode, _input) ? _rows.Height[t] : 0;
    }

    /// <summary>Appends the delivery of all rows of a streamed input.</summary>
    public void DeliverInput()
    {
        var input = _rows.Graph.Inputs[0].Tensor.Value;
        while (_written[input] < _rows.Height[input])
            _steps.Add(new ScheduleStep(ScheduleStep.InputNode, _written[input]++, 1));
    }

    /// <summary>Appends the steps of the segment [first, end) and returns all steps since the last reset.</summary>
    /// <param name="blocks">By node: rows of its steps where several run as one, 0 where it runs row by row; null for rows
    /// everywhere.</param>
    public IReadOnlyList<ScheduleStep> Run(int first, int end, IReadOnlyList<int>? blocks = null)
    {
        (_first, _blocks) = (first, blocks);
        if (blocks is not null)
            CountNeeded(first, end);
        var sinks = new List<int>();
        var late = new List<int>();
        for (var n = first; n < end; n++)
        {
            if (!ConsumedInside(n, end))
                sinks.Add(n);
            else if (_rows.IsNeededFrom(_rows.Output[n], end))
                late.Add(n);
        }
        Advance(sinks);
        Advance(late);
        return _steps;
    }

    /// <summary>The steps up to the last row of one node, and all steps before them since the last reset.</summary>
    public IReadOnlyList<ScheduleStep> RunFor(int node)
    {
        _blocks = null;
        Advance([node]);
        return _steps;
    }

    /// <summary>The last node that asked for a row of a node's result while it was not there; -1 for none.</summary>
    /// <param name="node">-1 for the input.</param>
    public int LastAsker(int node) => _askers[node + 1];

    /// <summary>Runs the nodes to their ends, at each turn the one of which the smallest part is done, of equal ones the first.</summary>
    private void Advance(List<int> sinks)
    {
        foreach (var n in sinks)
            Enqueue(n);
        while (_turns.TryDequeue(out var sink, out var turn))
        {
            if (turn.Progress == Progress(sink))
                Pull(sink);
            Enqueue(sink);
        }

        void Enqueue(int node)
        {
            if (_done[node] < _rows.WriteEnd[node].Length)
                _turns.Enqueue(node, (Progress(node), node));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pull(int node)
    {
        var step = _done[node];
        var block = _blocks?[node] ?? 0;
        var count = block == 0 ? 1 : Math.Max(1, Math.Min(block, _needed[node] - step));
        var inputs = _rows.Inputs[node];
        for (var i = 0; i < inputs.Length; i++)
        {
            var tensor = inputs[i];
            var end = _rows.ReadEnd[node][i][step + count - 1];
            while (_written[tensor] < end)
            {
                var producer = _rows.Producer[tensor];
                _askers[producer + 1] = Math.Max(node, _askers[producer + 1]);
                if (producer < 0)
                    _steps.Add(new ScheduleStep(ScheduleStep.InputNode, _written[tensor]++, 1));
                else
                    Pull(producer);
            }
        }
        _done[node] += count;
        if (_rows.WriteEnd[node][step + count - 1] is var written and > 0)
            _written[_rows.Output[node]] = written;
        _steps.Add(new ScheduleStep(new NodeId(node), step, count, Joined: block > 0));
    }

    /// <summary>By node of the segment: the steps up to the last row that anybody reads, so that no block goes beyond it.</summary>
    private void CountNeeded(int first, int end)
    {
        for (var n = end - 1; n >= first; n--)
        {
            var (output, rows) = (_rows.Output[n], 0);
            foreach (var use in _rows.Consumers[output])
            {
                if (use.Node < end && _needed[use.Node] > 0)
                    rows = Math.Max(rows, _rows.ReadEnd[use.Node][use.Input][_needed[use.Node] - 1]);
            }
            var all = !ConsumedInside(n, end) || _rows.IsNeededFrom(_rows.Output[n], end);
            _needed[n] =
                all ? _rows.WriteEnd[n].Length
                : rows == 0 ? 0
                : Array.FindIndex(_rows.WriteEnd[n], e => e >= rows) + 1;
        }
    }

    private double Progress(int node) => (double)_done[node] / _rows.WriteEnd[node].Length;

    private bool ConsumedInside(int node, int end)
    {
        foreach (var use in _rows.Consumers[_rows.Output[node]])
        {
            if (use.Node >= _first && use.Node < end)
                return true;
        }
        return false;
    }
}
