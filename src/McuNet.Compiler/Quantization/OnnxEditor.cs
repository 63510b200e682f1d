using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>An ONNX model while it is rewritten. Nodes stay in topological order; nodes are compared by identity.</summary>
internal sealed class OnnxEditor
{
    private readonly OnnxModel _model;
    private readonly List<OnnxNode> _nodes;
    private readonly Dictionary<string, OnnxTensor> _constants;
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _names;

    public OnnxEditor(OnnxModel model)
    {
        _model = model;
        _nodes = [.. model.Graph.Nodes];
        _constants = model.Graph.Initializers.ToDictionary(t => t.Name);
        _outputs = [.. model.Graph.Outputs.Select(o => o.Name)];
        _names =
        [
            .. model.Graph.Nodes.SelectMany(n => n.Inputs.Concat(n.Outputs)),
            .. _constants.Keys,
            .. model.Graph.Inputs.Select(i => i.Name),
        ];
        Inputs = [.. model.Graph.Inputs.Where(i => !_constants.ContainsKey(i.Name))];
        Opset = model.OpsetOf("");
    }

    /// <summary>A copy, so that callers may change nodes while they walk.</summary>
    public ImmutableArray<OnnxNode> Nodes => [.. _nodes];

    /// <summary>Inputs that no initialiser stands behind.</summary>
    public ImmutableArray<OnnxValueInfo> Inputs { get; }

    public long Opset { get; }

    public bool Holds(OnnxNode node) => IndexOf(node) >= 0;

    public bool IsOutput(string value) => _outputs.Contains(value);

    public OnnxTensor? Constant(string value) => _constants.GetValueOrDefault(value);

    /// <summary>The numbers of a float32 constant, or null.</summary>
    public float[]? Reals(string value) =>
        Constant(value) is { Type: OnnxType.Float } tensor ? MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray() : null;

    public OnnxNode? ProducerOf(string value) => _nodes.Find(n => n.Outputs.Contains(value));

    public ImmutableArray<OnnxNode> UsesOf(string value) => [.. _nodes.Where(n => n.Inputs.Contains(value))];

    /// <summary>The node that alone reads a value, once; null where there are others or the value is an output of the graph.</summary>
    public OnnxNode? OnlyUse(string value) =>
        !IsOutput(value) && UsesOf(value) is [var node] && node.Inputs.Count(i => i == value) == 1 ? node : null;

    public void Replace(OnnxNode old, OnnxNode by) => _nodes[IndexOf(old)] = by;

    public void Remove(OnnxNode node) => _nodes.RemoveAt(IndexOf(node));

    /// <summary>Removes a node that passes its first input on. Where that is impossible because both ends are ports, it stays as
    /// Identity.</summary>
    public void Bypass(OnnxNode node)
    {
        var (from, to) = (node.Inputs[0], node.Outputs[0]);
        if (!IsOutput(to))
        {
            Remove(node);
            Rename(to, from, outputsToo: false);
        }
        else if (IsOutput(from) || ProducerOf(from) is null)
        {
            Replace(node, node with { Operator = "Identity", Inputs = [from], Outputs = [to], Attributes = [] });
        }
        else
        {
            Remove(node);
            Rename(from, to, outputsToo: true);
        }
    }

    public string Fresh(string wanted)
    {
        var name = wanted;
        for (var i = 2; !_names.Add(name); i++)
            name = $"{wanted}_{i}";
        return name;
    }

    /// <summary>Adds a constant under a name like the one given.</summary>
    public string AddConstant<T>(string wanted, OnnxType type, ImmutableArray<long> dims, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var name = Fresh(wanted);
        _constants[name] = OnnxTensor.Of(name, type, dims, values);
        return name;
    }

    public string AddReals(string wanted, ImmutableArray<long> dims, float[] values) =>
        AddConstant<float>(wanted, OnnxType.Float, dims, values);

    public void SetConstant(OnnxTensor tensor) => _constants[tensor.Name] = tensor;

    /// <summary>The model with the constants that are still read, and no constant among its inputs.</summary>
    public OnnxModel ToModel()
    {
        var read = _nodes.SelectMany(n => n.Inputs).Concat(_outputs).ToHashSet();
        var graph = _model.Graph with
        {
            Nodes = [.. _nodes],
            Initializers = [.. _constants.Values.Where(c => read.Contains(c.Name)).OrderBy(c => c.Name, StringComparer.Ordinal)],
            Inputs = Inputs,
            Values = [],
        };
        return _model with { Graph = graph };
    }

    private int IndexOf(OnnxNode node) => _nodes.FindIndex(n => ReferenceEquals(n, node));

    private void Rename(string from, string to, bool outputsToo)
    {
        for (var i = 0; i < _nodes.Count; i++)
        {
            var node = _nodes[i];
            if (node.Inputs.Contains(from) || (outputsToo && node.Outputs.Contains(from)))
            {
                _nodes[i] = node with
                {
                    Inputs = [.. node.Inputs.Select(n => n == from ? to : n)],
                    Outputs = outputsToo ? [.. node.Outputs.Select(n => n == from ? to : n)] : node.Outputs,
                };
            }
        }
    }
}
