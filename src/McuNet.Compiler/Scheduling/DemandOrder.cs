using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Scheduling;

/// <summary>
/// The order of row steps inside a segment: the sinks of the segment advance evenly, and each row is computed when the next node first needs it.
/// Rows that nobody reads (the last ones before a stride) are never computed.
///
///   conv 3x3 -> conv 3x3, two rows of the second:
///   c1.0 c1.1 c2.0 | c1.2 c2.1 | …
/// </summary>
public sealed class DemandOrder
{
    private readonly NetworkRows _rows;
    private readonly InputMode _input;
    private readonly int[] _done;
    private readonly int[] _written;
    private readonly List<ScheduleStep> _steps = [];
    private int _first;

    public DemandOrder(NetworkRows rows, InputMode input)
    {
        _rows = rows;
        _input = input;
        _done = new int[rows.Graph.Nodes.Length];
        _written = new int[rows.Graph.Tensors.Length];
        Reset(0);
    }

    /// <summary>Starts over as if all nodes before <paramref name="firstNode"/> had run.</summary>
    public void Reset(int firstNode)
    {
        _steps.Clear();
        for (var n = 0; n < _done.Length; n++)
            _done[n] = n < firstNode ? _rows.WriteEnd[n].Length : 0;
        for (var t = 0; t < _written.Length; t++)
        {
            var producer = _rows.Producer[t];
            var complete = producer < 0 ? _input == InputMode.Resident || ConsumedBefore(t, firstNode) : producer < firstNode;
            _written[t] = complete ? _rows.Height[t] : 0;
        }
    }

    /// <summary>Appends the steps of the segment [first, end) and returns all steps since the last reset.</summary>
    public IReadOnlyList<ScheduleStep> Run(int first, int end)
    {
        _first = first;
        var sinks = new List<int>();
        var late = new List<int>();
        for (var n = first; n < end; n++)
        {
            if (!ConsumedInside(n, end))
                sinks.Add(n);
            else if (NeededAfter(n, end))
                late.Add(n);
        }
        Advance(sinks);
        Advance(late);
        return _steps;
    }

    private void Advance(List<int> sinks)
    {
        while (true)
        {
            var sink = -1;
            foreach (var n in sinks)
            {
                if (_done[n] < _rows.WriteEnd[n].Length && (sink < 0 || Progress(n) < Progress(sink)))
                    sink = n;
            }
            if (sink < 0)
                return;
            Pull(sink);
        }
    }

    private void Pull(int node)
    {
        var step = _done[node];
        var inputs = _rows.Inputs[node];
        for (var i = 0; i < inputs.Length; i++)
        {
            var tensor = inputs[i];
            var end = _rows.ReadEnd[node][i][step];
            while (_written[tensor] < end)
            {
                var producer = _rows.Producer[tensor];
                if (producer < 0)
                    _steps.Add(new ScheduleStep(ScheduleStep.InputNode, _written[tensor]++, 1));
                else
                    Pull(producer);
            }
        }
        _done[node]++;
        if (_rows.WriteEnd[node][step] > 0)
            _written[_rows.Output[node]] = _rows.WriteEnd[node][step];
        _steps.Add(new ScheduleStep(new NodeId(node), step, 1));
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

    private bool NeededAfter(int node, int end)
    {
        var output = _rows.Output[node];
        if (_rows.IsOutput[output])
            return true;
        foreach (var use in _rows.Consumers[output])
        {
            if (use.Node >= end)
                return true;
        }
        return false;
    }

    private bool ConsumedBefore(int tensor, int node)
    {
        foreach (var use in _rows.Consumers[tensor])
        {
            if (use.Node < node)
                return true;
        }
        return false;
    }
}
