using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Graph;

/// <summary>
/// The shared rewriter: a working copy of a network on which a pass replaces, adds and bypasses nodes. <see cref="ToGraph"/> drops what no
/// output needs any more, restores topological order and numbers anew. Nodes taken from <see cref="Nodes"/> stay valid until replaced.
/// </summary>
public sealed class GraphEditor
{
    private readonly string _name;
    private readonly ImmutableArray<StatePorts> _states;
    private readonly SlidingInput? _sliding;
    private readonly List<Tensor> _tensors;
    private readonly List<Node?> _nodes;
    private readonly Dictionary<TensorId, Node> _producers = [];
    private readonly Dictionary<TensorId, List<NodeId>> _uses = [];

    public GraphEditor(NetworkGraph graph)
    {
        (_name, _states, _sliding) = (graph.Name, graph.States, graph.Sliding);
        _tensors = [.. graph.Tensors];
        _nodes = [.. graph.Nodes];
        (Inputs, Outputs) = ([.. graph.Inputs], [.. graph.Outputs]);
        foreach (var node in graph.Nodes)
            Link(node);
    }

    public List<GraphPort> Inputs { get; }

    public List<GraphPort> Outputs { get; }

    /// <summary>The nodes at this moment; the pass may edit while it walks them, and skips those that are gone.</summary>
    public IEnumerable<Node> Nodes
    {
        get
        {
            for (var i = 0; i < _nodes.Count; i++)
            {
                if (_nodes[i] is { } node)
                    yield return node;
            }
        }
    }

    public TensorType TypeOf(TensorId tensor) => _tensors[tensor.Value].Type;

    public string NameOf(TensorId tensor) => _tensors[tensor.Value].Name;

    public NodeTypes TypesOf(Node node) => new(node.Inputs.Select(TypeOf).ToImmutableArray(), TypeOf(node.Output));

    public Node? ProducerOf(TensorId tensor) => _producers.GetValueOrDefault(tensor);

    public bool IsInput(TensorId tensor) => Inputs.Any(p => p.Tensor == tensor);

    public bool IsOutput(TensorId tensor) => Outputs.Any(p => p.Tensor == tensor);

    public IReadOnlyList<Node> UsesOf(TensorId tensor) =>
        _uses.TryGetValue(tensor, out var ids) ? ids.Select(i => _nodes[i.Value]!).ToArray() : [];

    /// <summary>The only node that reads a tensor, where nothing else does.</summary>
    public Node? OnlyUse(TensorId tensor) => !IsOutput(tensor) && UsesOf(tensor) is [var node] ? node : null;

    public TensorId AddTensor(string name, TensorType type)
    {
        var id = new TensorId(_tensors.Count);
        _tensors.Add(new(id, name, type));
        return id;
    }

    public void Retype(TensorId tensor, TensorType type) => _tensors[tensor.Value] = _tensors[tensor.Value] with { Type = type };

    /// <summary>Puts another operator in a node's place. A former output that nothing produces any more must not be read.</summary>
    public Node Replace(Node node, Operator op, ImmutableArray<TensorId> inputs, TensorId output)
    {
        Remove(node);
        if (_producers.TryGetValue(output, out var other))
            Remove(other);
        var replaced = node with { Operator = op, Inputs = inputs, Output = output };
        _nodes[node.Id.Value] = replaced;
        Link(replaced);
        return replaced;
    }

    public Node Add(string name, Operator op, ImmutableArray<TensorId> inputs, TensorId output)
    {
        var node = new Node(new(_nodes.Count), name, op, inputs, output);
        _nodes.Add(node);
        Link(node);
        return node;
    }

    public void Remove(Node node)
    {
        _nodes[node.Id.Value] = null;
        _producers.Remove(node.Output);
        foreach (var input in node.Inputs)
            _uses[input].Remove(node.Id);
    }

    /// <summary>Lets everything that reads one tensor, output ports included, read another.</summary>
    public void Redirect(TensorId from, TensorId to)
    {
        foreach (var node in UsesOf(from).DistinctBy(n => n.Id))
            Replace(node, node.Operator, [.. node.Inputs.Select(i => i == from ? to : i)], node.Output);
        for (var i = 0; i < Outputs.Count; i++)
            Outputs[i] = Outputs[i].Tensor == from ? Outputs[i] with { Tensor = to } : Outputs[i];
    }

    public NetworkGraph ToGraph()
    {
        var order = new List<Node>();
        var seen = new HashSet<NodeId>();
        var live = Live();
        foreach (var node in Nodes)
        {
            if (live.Contains(node.Id))
                Visit(node, seen, order);
        }

        return Renumber(order);
    }

    private HashSet<NodeId> Live()
    {
        var live = new HashSet<NodeId>();
        var pending = new Stack<TensorId>(Outputs.Select(p => p.Tensor));
        while (pending.TryPop(out var tensor))
        {
            if (ProducerOf(tensor) is not { } node || !live.Add(node.Id))
                continue;
            foreach (var input in node.Inputs)
                pending.Push(input);
        }

        return live;
    }

    private void Visit(Node node, HashSet<NodeId> seen, List<Node> order)
    {
        if (!seen.Add(node.Id))
            return;
        foreach (var input in node.Inputs)
        {
            if (ProducerOf(input) is { } producer)
                Visit(producer, seen, order);
        }

        order.Add(node);
    }

    private NetworkGraph Renumber(List<Node> order)
    {
        var tensors = ImmutableArray.CreateBuilder<Tensor>();
        var ids = new Dictionary<TensorId, TensorId>();
        foreach (var tensor in Inputs.Select(p => p.Tensor).Concat(order.Select(n => n.Output)).Where(t => !ids.ContainsKey(t)))
        {
            ids[tensor] = new(tensors.Count);
            tensors.Add(_tensors[tensor.Value] with { Id = ids[tensor] });
        }

        var nodes = order.Select((n, i) => n with { Id = new(i), Inputs = [.. n.Inputs.Select(t => ids[t])], Output = ids[n.Output] });
        return new(
            _name,
            tensors.ToImmutable(),
            [.. nodes],
            [.. Inputs.Select(p => p with { Tensor = ids[p.Tensor] })],
            [.. Outputs.Select(p => p with { Tensor = ids[p.Tensor] })]
        )
        {
            States = _states,
            Sliding = _sliding,
        };
    }

    private void Link(Node node)
    {
        _producers[node.Output] = node;
        foreach (var input in node.Inputs)
        {
            if (!_uses.TryGetValue(input, out var uses))
                _uses[input] = uses = [];
            uses.Add(node.Id);
        }
    }
}
