using System.Collections.Generic;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Import;

/// <summary>A network while its nodes are added one by one, in topological order.</summary>
internal sealed class GraphBuilder
{
    private readonly List<Tensor> _tensors = [];
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<TensorId, Node> _producers = [];
    private readonly Dictionary<string, List<TensorId>> _named = [];
    private readonly Dictionary<TensorId, TensorId> _reals = [];

    /// <summary>Elements that had to be moved so far because operators see them in another order than they are stored.</summary>
    public long MovedElements { get; set; }

    /// <summary>A tensor. One of the same name that is there already was made on the way to it, and gets a number.</summary>
    public TensorId AddTensor(string name, TensorType type)
    {
        var id = new TensorId(_tensors.Count);
        if (!_named.TryGetValue(name, out var others))
            _named[name] = others = [];
        if (others.Count > 0)
            _tensors[others[^1].Value] = _tensors[others[^1].Value] with { Name = $"{name} ({others.Count})" };
        others.Add(id);
        _tensors.Add(new(id, name, type));
        return id;
    }

    public TensorId AddNode(string name, Operator op, ImmutableArray<TensorId> inputs, string outputName, TensorType type)
    {
        var output = AddTensor(outputName, type);
        var node = new Node(new(_nodes.Count), name, op, inputs, output);
        _nodes.Add(node);
        _producers.Add(output, node);
        return output;
    }

    /// <summary>The real numbers that a tensor of integers stands for, made once.</summary>
    /// <param name="node">For which it is done.</param>
    public TensorId Dequantized(TensorId tensor, string node, string name) =>
        _reals.TryGetValue(tensor, out var known)
            ? known
            : _reals[tensor] = AddNode(
                node,
                new Operators.Dequantize(),
                [tensor],
                $"{name}_real",
                new(_tensors[tensor.Value].Type.Shape, ElementType.Float32)
            );

    public Node? ProducerOf(TensorId tensor) => _producers.GetValueOrDefault(tensor);

    public NetworkGraph Build(string name, ImmutableArray<GraphPort> inputs, ImmutableArray<GraphPort> outputs) =>
        new(name, [.. _tensors], [.. _nodes], inputs, outputs);
}
