using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Numerics;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Scheduling;

/// <summary>The nodes that have run, and the bytes that the later ones still need.</summary>
/// <param name="Peak">Most bytes live at one time so far.</param>
internal readonly record struct ReplayState(NodeSet Done, int Live, int Peak);

/// <summary>
/// Runs whole layers in any order and counts bytes. What a layer needs beside the tensors that wait depends on nothing but which of its
/// inputs die in it, so the price of a segment is asked for once for each such case, on a graph of that node alone.
/// </summary>
internal sealed class LayerReplay
{
    private const int NoNode = -1;
    private readonly NetworkGraph _graph;
    private readonly ImmutableArray<KernelCall> _kernels;
    private readonly InputMode _input;
    private readonly NodeSet[] _consumers;
    private readonly int[] _producer;
    private readonly bool[] _isOutput;
    private readonly TensorId[][] _reads;
    private readonly NodeSet[] _needs;
    private readonly Dictionary<(int Node, BigInteger Dying, bool Streams), int> _prices = [];

    public LayerReplay(NetworkGraph graph, ImmutableArray<KernelCall> kernels, InputMode input)
    {
        (_graph, _kernels, _input) = (graph, kernels, input);
        var none = new NodeSet(graph.Nodes.Length);
        _consumers = Enumerable.Repeat(none, graph.Tensors.Length).ToArray();
        _producer = Enumerable.Repeat(NoNode, graph.Tensors.Length).ToArray();
        _isOutput = graph.Tensors.Select(t => graph.IsOutput(t.Id)).ToArray();
        _reads = graph.Nodes.Select(n => n.Inputs.Distinct().ToArray()).ToArray();
        _needs = new NodeSet[graph.Nodes.Length];
        foreach (var node in graph.Nodes)
        {
            var n = node.Id.Value;
            _producer[node.Output.Value] = n;
            _needs[n] = _reads[n].Select(t => _producer[t.Value]).Where(p => p != NoNode).Aggregate(none, (all, p) => all.With(p));
            foreach (var tensor in _reads[n])
                _consumers[tensor.Value] = _consumers[tensor.Value].With(n);
        }
    }

    public ReplayState Start =>
        new(
            new NodeSet(_graph.Nodes.Length),
            _input == InputMode.Rows ? 0 : _graph.Inputs.Select(p => p.Tensor).Distinct().Where(IsNeeded).Sum(Bytes),
            0
        );

    public bool IsReady(int node, NodeSet done) => !done.Contains(node) && _needs[node].IsSubsetOf(done);

    public ReplayState Run(ReplayState state, int node)
    {
        var done = state.Done.With(node);
        var (dying, touched, freed, streams) = (BigInteger.Zero, 0, 0, false);
        for (var i = 0; i < _reads[node].Length; i++)
        {
            var tensor = _reads[node][i];
            streams |= !IsThere(tensor, state.Done);
            touched += Bytes(tensor);
            if (!Dies(tensor, done))
                continue;
            dying |= BigInteger.One << i;
            freed += Bytes(tensor);
        }
        var waiting = streams ? state.Live : state.Live - touched;
        var output = _graph.Nodes[node].Output;
        var after = waiting + touched - freed + (IsNeeded(output) ? Bytes(output) : 0);
        return new ReplayState(done, after, Math.Max(state.Peak, waiting + Price(node, dying, streams)));
    }

    public ReplayState Run(ReplayState state, IEnumerable<int> nodes) => nodes.Aggregate(state, Run);

    /// <summary>Bytes that no order of the nodes can avoid: each layer with as many inputs dying in it as can, beside what lives
    /// throughout.</summary>
    public int LowerBound(ReplayState start, IReadOnlyList<int> nodes)
    {
        var end = nodes.Aggregate(start.Done, (set, n) => set.With(n));
        var throughout = start.Live - nodes.SelectMany(n => _reads[n]).Distinct().Where(t => IsThere(t, start.Done)).Sum(Bytes);
        return throughout
            + nodes.Max(n =>
                Price(
                    n,
                    Enumerable
                        .Range(0, _reads[n].Length)
                        .Where(i => Dies(_reads[n][i], end))
                        .Aggregate(BigInteger.Zero, (all, i) => all | BigInteger.One << i),
                    streams: _reads[n].Any(t => _producer[t.Value] == NoNode && !IsThere(t, start.Done))
                )
            );
    }

    /// <summary>A streamed input is there from its first reader on.</summary>
    private bool IsThere(TensorId tensor, NodeSet done) =>
        _producer[tensor.Value] != NoNode
            ? done.Contains(_producer[tensor.Value])
            : _input == InputMode.Resident || _consumers[tensor.Value].Intersects(done);

    private bool IsNeeded(TensorId tensor) => _isOutput[tensor.Value] || !_consumers[tensor.Value].IsEmpty;

    private bool Dies(TensorId tensor, NodeSet done) => !_isOutput[tensor.Value] && _consumers[tensor.Value].IsSubsetOf(done);

    private int Bytes(TensorId tensor) => _graph[tensor].Type.Bytes;

    /// <param name="dying">Bit i: input i of the node, each tensor counted once, is not needed behind it.</param>
    /// <param name="streams">The node is the first to ask for the rows of the network's input.</param>
    /// <returns>Bytes of the inputs, the output, scratch and accumulators of the layer at its fullest moment.</returns>
    private int Price(int node, BigInteger dying, bool streams)
    {
        if (_prices.TryGetValue((node, dying, streams), out var known))
            return known;
        var alone = new NetworkRows(Alone(_graph.Nodes[node], dying));
        var price = new SegmentPricer(alone, [_kernels[node]], streams ? InputMode.Rows : InputMode.Resident).Interleaved(0, 1).PeakBytes;
        _prices.Add((node, dying, streams), price);
        return price;
    }

    private NetworkGraph Alone(Node node, BigInteger dying)
    {
        var reads = _reads[node.Id.Value];
        var tensors = reads.Append(node.Output).ToArray();
        var kept = reads.Where((_, i) => (dying >> i).IsEven).Concat(IsNeeded(node.Output) ? [node.Output] : []);
        TensorId Id(TensorId tensor) => new(Array.IndexOf(tensors, tensor));
        GraphPort Port(TensorId tensor) => new(_graph[tensor].Name, Id(tensor), [], _graph[tensor].Type.Element);
        return new NetworkGraph(
            node.Name,
            [.. tensors.Select(t => _graph[t] with { Id = Id(t) })],
            [node with { Id = new NodeId(0), Inputs = [.. node.Inputs.Select(Id)], Output = Id(node.Output) }],
            [.. reads.Select(Port)],
            [.. kept.Select(Port)]
        );
    }
}
