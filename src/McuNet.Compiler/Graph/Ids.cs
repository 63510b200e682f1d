namespace McuNet.Compiler.Graph;

/// <summary>Index of a tensor in its graph.</summary>
public readonly record struct TensorId(int Value)
{
    public override string ToString() => $"t{Value}";
}

/// <summary>Index of a node in its graph; nodes are in topological order.</summary>
public readonly record struct NodeId(int Value)
{
    public override string ToString() => $"n{Value}";
}
