using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Graph;

/// <summary>An activation of the network.</summary>
public sealed record Tensor(TensorId Id, string Name, TensorType Type);

/// <summary>One operator applied to activations. Constants are part of the operator.</summary>
public sealed record Node(NodeId Id, string Name, Operator Operator, ImmutableArray<TensorId> Inputs, TensorId Output);

/// <summary>An input or output of the network as its user sees it.</summary>
/// <param name="Dims">Dimensions in ONNX order, batch included.</param>
/// <param name="Element">Element type handed over: the quantised type where the model quantises at its border, else Float32.</param>
public sealed record GraphPort(string Name, TensorId Tensor, ImmutableArray<int> Dims, ElementType Element)
{
    /// <summary>Whether ONNX orders the elements as the tensor stores them (H, W, C); otherwise it orders them C, H, W.</summary>
    public bool StoredOrder { get; init; }

    /// <summary>Whether ONNX has its elements as int64 or int32.</summary>
    public bool IsNumber { get; init; }
}

/// <summary>A tensor that lasts from one inference to the next: what the output holds after one is what the input holds before the
/// next.</summary>
/// <param name="Input">Index of an input port.</param>
/// <param name="Output">Index of an output port.</param>
public readonly record struct StatePorts(int Input, int Output)
{
    /// <summary>Whether the ports are none of the model: the state is rows of a tensor that the compiler keeps.</summary>
    public bool KeepsRows { get; init; }
}

/// <summary>
/// A network of operators over activations. Invariants: tensors are indexed by id; nodes are in topological order and indexed by id;
/// every tensor is an input of the graph or the output of exactly one node; a port belongs to at most one state, whose two tensors store
/// the same bytes, and the output's is a tensor of its own that a node writes.
/// </summary>
public sealed record NetworkGraph(
    string Name,
    ImmutableArray<Tensor> Tensors,
    ImmutableArray<Node> Nodes,
    ImmutableArray<GraphPort> Inputs,
    ImmutableArray<GraphPort> Outputs
)
{
    /// <summary>Ports by which the network takes and gives what it keeps between inferences; none of them is the application's.</summary>
    public ImmutableArray<StatePorts> States { get; init; } = [];

    /// <summary>The input that takes the new rows of a window; null where inputs are whole.</summary>
    public SlidingInput? Sliding { get; init; }

    public Tensor this[TensorId id] => Tensors[id.Value];

    public Node this[NodeId id] => Nodes[id.Value];

    public NodeTypes TypesOf(Node node) => new(node.Inputs.Select(i => this[i].Type).ToImmutableArray(), this[node.Output].Type);

    public Node? ProducerOf(TensorId tensor) => Nodes.FirstOrDefault(n => n.Output == tensor);

    public bool IsInput(TensorId tensor) => Inputs.Any(p => p.Tensor == tensor);

    public bool IsOutput(TensorId tensor) => Outputs.Any(p => p.Tensor == tensor);

    public bool IsStateInput(int port) => States.Any(s => s.Input == port);

    public bool IsStateOutput(int port) => States.Any(s => s.Output == port);

    public long Macs => Nodes.Sum(n => n.Operator.Macs(TypesOf(n)));
}

/// <summary>The types around a node: what its operator needs beside its own attributes.</summary>
public sealed record NodeTypes(ImmutableArray<TensorType> Inputs, TensorType Output)
{
    public TensorType Input => Inputs[0];

    /// <summary>Whether all are integers of 8 bits, as most kernels take them.</summary>
    public bool AreBytes => Inputs.Append(Output).All(t => t.IsQuantized && t.Element != ElementType.Int16);

    /// <summary>Whether some are integers of 16 bits, for which few operators have a kernel.</summary>
    public bool HaveSixteenBits => Inputs.Append(Output).Any(t => t.Element == ElementType.Int16);
}
