using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import;

/// <summary>A node that stands for several nodes of ONNX, while these are written down. Their values are named after the node.</summary>
internal sealed class Expansion(OnnxNode node, NodeImport import)
{
    private readonly ImmutableArray<OnnxNode>.Builder _nodes = ImmutableArray.CreateBuilder<OnnxNode>();

    public ImmutableArray<OnnxNode> Nodes => _nodes.ToImmutable();

    /// <summary>The operands and attributes as they are imported.</summary>
    public NodeImport Import => import;

    /// <summary>Name of an operand; empty where it is omitted.</summary>
    public string Input(int index) => index < node.Inputs.Length ? node.Inputs[index] : "";

    public int Rank(int input) => import.Value(input).Dims.Length;

    /// <summary>The attributes of the node but some.</summary>
    public OnnxAttribute[] Attributes(params string[] except) => [.. node.Attributes.Where(a => !except.Contains(a.Name))];

    /// <summary>Adds a node and gives the name of its result.</summary>
    public string Add(string op, IEnumerable<string> inputs, params OnnxAttribute[] attributes) => Add(op, inputs, attributes, 1)[0];

    /// <summary>Adds a node and gives the names of its results.</summary>
    public ImmutableArray<string> Add(string op, IEnumerable<string> inputs, OnnxAttribute[] attributes, int outputs)
    {
        var name = $"{node.Label}/{op}_{_nodes.Count}";
        ImmutableArray<string> results = [.. Enumerable.Range(0, outputs).Select(i => i == 0 ? name : $"{name}_{i}")];
        _nodes.Add(new(name, op, "", Given(inputs), results, [.. attributes]));
        return results;
    }

    public string Constant(float value) =>
        Add("Constant", [], OnnxAttribute.Of("value", OnnxTensor.Of<float>("", OnnxType.Float, [], [value])));

    public string Constant(params long[] values) =>
        Add("Constant", [], OnnxAttribute.Of("value", OnnxTensor.Of<long>("", OnnxType.Int64, [values.Length], values)));

    /// <summary>Gives a value, which no node that is added later reads, as a result of the node, where that has a name.</summary>
    public void Return(string value, int output = 0)
    {
        if (output >= node.Outputs.Length || node.Outputs[output].Length == 0)
            return;
        var last = _nodes.Count - 1;
        if (_nodes[last].Outputs is [var own] && own == value)
            _nodes[last] = _nodes[last] with { Outputs = [node.Outputs[output]] };
        else
            _nodes.Add(new($"{node.Label}/{value}", "Identity", "", [value], [node.Outputs[output]], []));
    }

    /// <summary>Without what is omitted at the end.</summary>
    private static ImmutableArray<string> Given(IEnumerable<string> inputs) =>
        [.. inputs.Reverse().SkipWhile(i => i.Length == 0).Reverse()];
}
