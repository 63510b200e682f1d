using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.TfLite;

/// <summary>An ONNX graph while its nodes are added one by one, in topological order.</summary>
internal sealed class OnnxStatement
{
    /// <summary>Operators that stand around the one that a label is of.</summary>
    private static readonly FrozenSet<string> Aside = ["Transpose", "Reshape", "QuantizeLinear", "DequantizeLinear", "Cast", "Identity"];

    /// <summary>Domain of operators that ONNX has without something that TFLite's have.</summary>
    public const string Own = "tflite";

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
    public void Node(
        string label,
        string op,
        IEnumerable<string> inputs,
        ImmutableArray<string> outputs,
        params ImmutableArray<OnnxAttribute> attributes
    ) => Node("", label, op, inputs, outputs, attributes);

    public void Node(
        string domain,
        string label,
        string op,
        IEnumerable<string> inputs,
        ImmutableArray<string> outputs,
        ImmutableArray<OnnxAttribute> attributes
    ) => _nodes.Add(new(label, op, domain, [.. inputs.Reverse().SkipWhile(i => i.Length == 0).Reverse()], outputs, attributes));

    public string Constant(OnnxTensor tensor)
    {
        var fresh = Fresh(tensor.Name);
        _constants.Add(tensor with { Name = fresh });
        return fresh;
    }

    public string Numbers(string name, ImmutableArray<long> numbers) =>
        Constant(OnnxTensor.Of(name, OnnxType.Int64, [numbers.Length], numbers.AsSpan()));

    public string Real(string name, float number) => Constant(OnnxTensor.Of<float>(name, OnnxType.Float, [], [number]));

    public void Input(string name, ImmutableArray<long> dims) => _inputs.Add(new(name, OnnxType.Float, dims, [.. dims.Select(_ => "")]));

    public void Output(string name, OnnxType type, ImmutableArray<long> dims) =>
        _outputs.Add(new(name, type, dims, [.. dims.Select(_ => "")]));

    public void State(string input, string output) => _states.Add(new(input, output));

    /// <summary>Nodes with names of their own: of those of one label the first that does not stand aside has it, others say what they are
    /// too.</summary>
    private IEnumerable<OnnxNode> Named()
    {
        var names = new HashSet<string>();
        var main = _nodes
            .GroupBy(n => n.Name)
            .Select(g => g.FirstOrDefault(n => !Aside.Contains(n.Operator)) ?? g.First())
            .ToHashSet(ReferenceEqualityComparer.Instance);
        names.UnionWith(_nodes.Select(n => n.Name));
        foreach (var node in _nodes)
        {
            var own = main.Contains(node) ? node.Name : $"{node.Name}_{node.Operator.ToLowerInvariant()}";
            for (var i = 1; !main.Contains(node) && !names.Add(own); i++)
                own = $"{node.Name}_{node.Operator.ToLowerInvariant()}_{i}";
            yield return node with
            {
                Name = own,
            };
        }
    }

    public OnnxModel Model(string name) =>
        new()
        {
            IrVersion = 9,
            Producer = "TensorFlow Lite",
            Opsets = [new("", 20), .. _nodes.Any(n => n.Domain == Own) ? [new OnnxOpset(Own, 1)] : Array.Empty<OnnxOpset>()],
            Graph = new(name, [.. Named()], [.. _constants], [.. _inputs], [.. _outputs], []),
            States = [.. _states],
        };
}
