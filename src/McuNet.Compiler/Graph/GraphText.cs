using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace McuNet.Compiler.Graph;

/// <summary>A network as text, one node a line, for debugging and tests.</summary>
public static class GraphText
{
    public static string Write(NetworkGraph graph)
    {
        var text = new StringBuilder().Append("network ").Append(graph.Name).Append('\n');
        foreach (var port in graph.Inputs)
            text.Append("  input ").Append(Port(graph, port)).Append('\n');
        foreach (var node in graph.Nodes)
            text.Append("  ").Append(Node(graph, node)).Append('\n');
        foreach (var port in graph.Outputs)
            text.Append("  output ").Append(Port(graph, port)).Append('\n');
        return text.ToString();
    }

    public static string Type(TensorType type) =>
        type.Quantization is { } q
            ? string.Create(CultureInfo.InvariantCulture, $"{type.Element} {type.Shape} ({q.Scale:R}, {q.ZeroPoint})")
            : $"{type.Element} {type.Shape}";

    private static string Port(NetworkGraph graph, GraphPort port) =>
        $"{port.Name} [{string.Join(", ", port.Dims)}] {port.Tensor}: {Type(graph[port.Tensor].Type)}";

    /// <summary>A node with the names of its tensors, which outlast a rewriting, in place of their numbers.</summary>
    public static string Statement(NetworkGraph graph, Node node) => Node(graph, node, id => graph[id].Name);

    private static string Node(NetworkGraph graph, Node node) => $"{Node(graph, node, id => id.ToString())} // {node.Name}";

    private static string Node(NetworkGraph graph, Node node, Func<TensorId, string> name)
    {
        var clamp =
            node.Operator is IClamped { Clamp: var c } && c != Clamp.None
                ? string.Create(CultureInfo.InvariantCulture, $" in [{c.Min}, {c.Max}]")
                : "";
        return $"{name(node.Output)}: {Type(graph[node.Output].Type)} = {node.Operator.Kind}({string.Join(", ", node.Inputs.Select(name))}){clamp}";
    }
}
