using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.TfLite;

/// <summary>An ONNX graph while its nodes are added one by one, in topological order.</summary>
internal sealed class OnnxStatement
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _constants = [];
    private readonly List<OnnxValueInfo> _inputs = [];
    private readonly List<OnnxValueInfo> _outputs = [];
    private readonly List<OnnxState> _states = [];
    private readonly HashSet<string> _names = [];

    /// <summary>The name, or with the first number that makes it another than those before it.</summary>
    public string Fresh(string name)
    {
        var fresh = name;
        for (var i = 1; !_names.Add(fresh); i++)
            fresh = $"{name}_{i}";
        return fresh;
    }

    /// <param name="label">Of the operator for which it is done.</param>
    /// <param name="inputs">Empty names for operands that are left out.</param>
    public void Node(string label, string op, IEnumerable<string> inputs, ImmutableArray<string> outputs, params ImmutableArray<OnnxAttribute> attributes) =>
        _nodes.Add(new(label, op, "", [.. inputs.Reverse().SkipWhile(i => i.Length == 0).Reverse()], outputs, attributes));

    public string Constant(OnnxTensor tensor)
    {
        var fresh = Fresh(tensor.Name);
        _constants.Add(tensor with { Name = fresh });
        return fresh;
    }

    public string Numbers(string name, ImmutableArray<long> numbers) => Constant(OnnxTensor.Of(name, OnnxType.Int64, [numbers.Length], numbers.AsSpan()));

    public string Real(string name, float number) => Constant(OnnxTensor.Of<float>(name, OnnxType.Float, [], [number]));

    public void Input(string name, ImmutableArray<long> dims) => _inputs.Add(new(name, OnnxType.Float, dims, [.. dims.Select(_ => "")]));

    public void Output(string name, OnnxType type, ImmutableArray<long> dims) => _outputs.Add(new(name, type, dims, [.. dims.Select(_ => "")]));

    public void State(string input, string output) => _states.Add(new(input, output));

    public OnnxModel Model(string name) => new()
    {
        IrVersion = 9,
        Producer = "",
        Opsets = [new("", 20)],
        Graph = new(name, [.. _nodes], [.. _constants], [.. _inputs], [.. _outputs], []),
        States = [.. _states],
    };
}
