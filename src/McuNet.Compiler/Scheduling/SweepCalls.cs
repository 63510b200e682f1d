using System;

namespace McuNet.Compiler.Scheduling;

/// <summary>One call of a sweep, and what it does to live bytes in the segments priced now.</summary>
internal struct SweepCall
{
    /// <summary><see cref="SweepCalls.Input"/> for the delivery of an input row.</summary>
    public int Node;

    public int Step;

    /// <summary>Bytes that begin to live.</summary>
    public int Grown;

    /// <summary>Bytes that live no longer behind it.</summary>
    public int Freed;

    /// <summary>Of those, what the output may take the place of.</summary>
    public int Overwritten;
}

/// <summary>
/// The calls of the nodes from a first one to the end of the network, each row computed when the next node first needs it, and where each
/// step of a node lies among them.
/// </summary>
internal sealed class SweepCalls
{
    public const int Input = -1;

    private readonly NetworkRows _rows;
    private readonly DemandOrder _order;
    private readonly int[][] _at;
    private readonly int[] _done;
    private readonly bool[] _apart;
    private readonly SweepCall[] _calls;
    private int _count;

    public SweepCalls(NetworkRows rows, InputMode input)
    {
        (_rows, _order) = (rows, new DemandOrder(rows, input));
        var nodes = rows.Graph.Nodes.Length;
        (_at, _done, _apart) = (new int[nodes + 1][], new int[nodes + 1], new bool[nodes + 1]);
        var total = 0;
        foreach (var port in rows.Graph.Inputs)
            total += rows.Height[port.Tensor.Value];
        _at[0] = new int[total];
        for (var n = 0; n < nodes; n++)
        {
            _at[n + 1] = new int[rows.WriteEnd[n].Length];
            total += rows.WriteEnd[n].Length;
        }
        _calls = new SweepCall[total];
    }

    public Span<SweepCall> All => _calls.AsSpan(0, _count);

    /// <summary>By step: the place of a node's call; by row: that of a delivery.</summary>
    public ReadOnlySpan<int> Of(int node) => _at[node + 1].AsSpan(0, _done[node + 1]);

    /// <summary>Rows of its output, or of the input, that are complete after a call.</summary>
    public int Written(in SweepCall call) => call.Node == Input ? call.Step + 1 : _rows.WriteEnd[call.Node][call.Step];

    /// <summary>
    /// Whether the segment that ends before node <paramref name="end"/> makes its calls in the order in which they are laid out: it has one
    /// last node, all rows of it are asked for, and what lies behind asks for rows of no other.
    /// </summary>
    public bool Nests(int end) => !_apart[end];

    public void LayOut(int first)
    {
        _count = 0;
        Array.Clear(_done);
        Array.Clear(_apart);
        var last = _rows.Graph.Nodes.Length - 1;
        _order.Reset(first);
        foreach (var step in _order.RunFor(last))
        {
            var node = step.Node.Value;
            _at[node + 1][_done[node + 1]++] = _count;
            _calls[_count++] = new SweepCall { Node = node, Step = step.First };
        }
        Part(first + 1, _order.LastAsker(Input));
        for (var n = first; n <= last; n++)
        {
            var (next, stays) = (int.MaxValue, _rows.IsOutput[_rows.Output[n]] ? last + 1 : n);
            foreach (var use in _rows.Consumers[_rows.Output[n]])
                (next, stays) = (Math.Min(next, use.Node), Math.Max(stays, use.Node));
            Part(n + 2, Math.Max(_order.LastAsker(n), Math.Min(next, last + 1)));
            if (_done[n + 1] < _at[n + 1].Length)
                Part(n + 1, stays);
        }
    }

    /// <summary>Segments that end before one of the nodes [from, through] do not nest.</summary>
    private void Part(int from, int through)
    {
        for (var end = from; end <= through; end++)
            _apart[end] = true;
    }
}
