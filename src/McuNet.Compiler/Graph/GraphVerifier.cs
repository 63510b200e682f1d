using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Graph;

/// <summary>Checks the invariants of a network independently of whoever built it.</summary>
public static class GraphVerifier
{
    /// <param name="stage">What has just been done, for the message.</param>
    /// <returns>The first broken rule, or null.</returns>
    public static Diagnostic? Check(NetworkGraph graph, string stage)
    {
        var problem =
            Numbering(graph)
            ?? Ports(graph)
            ?? States(graph)
            ?? graph.Tensors.Select(Type).FirstOrDefault(p => p is not null)
            ?? Dataflow(graph)
            ?? Signatures(graph);
        return problem is null ? null : Diagnostic.Create(DiagnosticCatalog.GraphInvalid, stage, graph.Name, problem);
    }

    private static string? Numbering(NetworkGraph graph)
    {
        for (var i = 0; i < graph.Tensors.Length; i++)
        {
            if (graph.Tensors[i].Id.Value != i)
                return $"tensor {i} has id {graph.Tensors[i].Id}";
        }

        for (var i = 0; i < graph.Nodes.Length; i++)
        {
            if (graph.Nodes[i].Id.Value != i)
                return $"node {i} has id {graph.Nodes[i].Id}";
        }

        return null;
    }

    private static string? Ports(NetworkGraph graph)
    {
        foreach (var port in graph.Inputs.Concat(graph.Outputs))
        {
            if (port.Tensor.Value < 0 || port.Tensor.Value >= graph.Tensors.Length)
                return $"port '{port.Name}' has no tensor";
            var type = graph[port.Tensor].Type;
            if (port.Dims.Aggregate(1L, (a, b) => a * b) != type.Shape.Elements || port.Element != type.Element)
                return $"port '{port.Name}' is {port.Element} [{string.Join(", ", port.Dims)}] but its tensor is {type.Element} {type.Shape}";
        }

        return graph.Outputs.IsEmpty ? "it has no outputs" : null;
    }

    private static string? States(NetworkGraph graph)
    {
        if (
            graph.States.DistinctBy(s => s.Input).Count() < graph.States.Length
            || graph.States.DistinctBy(s => s.Output).Count() < graph.States.Length
        )
            return "a port belongs to two states";
        foreach (var (input, output) in graph.States)
        {
            if (input < 0 || input >= graph.Inputs.Length || output < 0 || output >= graph.Outputs.Length)
                return $"a state has no ports {input} and {output}";
            var (before, after) = (graph.Inputs[input], graph.Outputs[output]);
            if (
                graph[before.Tensor].Type is var type && graph[after.Tensor].Type != type with { Shape = graph[after.Tensor].Type.Shape }
                || graph[after.Tensor].Type.Bytes != type.Bytes
            )
                return $"a state begins as '{before.Name}', {type}, and ends as '{after.Name}', {graph[after.Tensor].Type}";
            if (graph.IsInput(after.Tensor) || graph.Outputs.Count(p => p.Tensor == after.Tensor) > 1)
                return $"'{after.Name}', the end of a state, shares its tensor with another port";
        }

        return null;
    }

    private static string? Type(Tensor tensor)
    {
        var (shape, type) = (tensor.Type.Shape, tensor.Type);
        if (shape.Height < 1 || shape.Width < 1 || shape.Channels < 1)
            return $"tensor '{tensor.Name}' has shape {shape}";
        var isInteger = type.Element is ElementType.Int8 or ElementType.UInt8 or ElementType.Int16;
        if (isInteger != type.IsQuantized)
            return $"tensor '{tensor.Name}' is {type.Element} {(isInteger ? "without" : "with")} quantisation";
        return type.Quantization is { } q && !(q.Scale > 0 && float.IsFinite(q.Scale))
            ? $"tensor '{tensor.Name}' has scale {q.Scale}"
            : null;
    }

    private static string? Dataflow(NetworkGraph graph)
    {
        var known = graph.Inputs.Select(p => p.Tensor).ToHashSet();
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs)
            {
                if (!known.Contains(input))
                    return $"node '{node.Name}' reads {input} before it exists";
            }

            if (!known.Add(node.Output))
                return $"{node.Output} of node '{node.Name}' exists already";
        }

        return known.Count == graph.Tensors.Length ? null : "a tensor has no producer";
    }

    private static string? Signatures(NetworkGraph graph)
    {
        foreach (var node in graph.Nodes)
        {
            var types = graph.TypesOf(node);
            if (node.Operator.Operands.Fault(types) is { } fault)
                return $"node '{node.Name}' ({node.Operator.Kind}) {fault}";
            var shape = node.Operator.InferShape([.. types.Inputs.Select(t => t.Shape)]);
            if (shape != types.Output.Shape)
                return $"node '{node.Name}' ({node.Operator.Kind}) makes {shape} but its output is {types.Output.Shape}";
        }

        return null;
    }
}
