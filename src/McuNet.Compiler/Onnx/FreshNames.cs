using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Onnx;

/// <summary>Names for values that come into a graph, each other than all that it has.</summary>
internal sealed class FreshNames(OnnxGraph graph)
{
    private readonly HashSet<string> _taken = [.. graph.Defines, .. graph.Nodes.SelectMany(n => n.Defines)];
    private readonly Dictionary<string, int> _numbers = [];

    /// <summary>The name, with a number where it is taken.</summary>
    public string Of(string name)
    {
        var fresh = name;
        while (!_taken.Add(fresh))
            fresh = $"{name} ({_numbers[name] = _numbers.GetValueOrDefault(name, 1) + 1})";
        return fresh;
    }
}
