using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Onnx;

/// <summary>
/// The part of a model that its outputs depend on, nodes in topological order: dead nodes and initialisers that nothing reads are gone,
/// whatever they are. Every value has one definition there and no node depends on itself.
/// </summary>
public static class LiveGraph
{
    /// <returns>The pruned model, or MCU1013 to MCU1015.</returns>
    public static StageResult<OnnxModel> Of(OnnxModel model)
    {
        var graph = model.Graph;
        if (graph.Outputs.IsEmpty)
            return StageResult<OnnxModel>.Failure(Diagnostic.Create(DiagnosticCatalog.NoOutputs, graph.Name));
        var producers = new Dictionary<string, OnnxNode>();
        if (Twice(graph, producers) is { } twice)
            return StageResult<OnnxModel>.Failure(twice);
        if (Order(graph, producers, out var cycle) is not { } nodes)
            return StageResult<OnnxModel>.Failure(Diagnostic.Create(DiagnosticCatalog.NodesInCircle, cycle!.Label, cycle.Operator));
        var read = nodes.SelectMany(n => n.Reads).Concat(graph.Outputs.Select(o => o.Name)).ToHashSet();
        return StageResult<OnnxModel>.Success(
            model with
            {
                Graph = graph with
                {
                    Nodes = [.. nodes.Select(n => WithoutUnread(n, read))],
                    Initializers = [.. graph.Initializers.Where(i => read.Contains(i.Name))],
                },
            }
        );
    }

    /// <summary>Results behind the first that nothing reads have no name.</summary>
    private static OnnxNode WithoutUnread(OnnxNode node, HashSet<string> read) =>
        node.Outputs.Skip(1).All(o => o.Length == 0 || read.Contains(o))
            ? node
            : node with
            {
                Outputs = [.. node.Outputs.Select((o, i) => i == 0 || read.Contains(o) ? o : "")],
            };

    /// <summary>Fills the producers of values. An initialiser may stand behind an input of its name.</summary>
    private static Diagnostic? Twice(OnnxGraph graph, Dictionary<string, OnnxNode> producers)
    {
        var defined = new Dictionary<string, string>();
        Diagnostic? Define(string name, string by) =>
            defined.TryAdd(name, by) ? null : Diagnostic.Create(DiagnosticCatalog.NameDefinedTwice, name, defined[name], by);

        var initializers = graph.Initializers.Select(i => i.Name).ToHashSet();
        foreach (var input in graph.Inputs)
        {
            if (Define(input.Name, "an input") is { } problem)
                return problem;
            if (initializers.Contains(input.Name))
                defined.Remove(input.Name);
        }

        foreach (var initializer in graph.Initializers)
        {
            if (Define(initializer.Name, "an initialiser") is { } problem)
                return problem;
        }

        foreach (var node in graph.Nodes)
        {
            foreach (var output in node.Outputs.Where(o => o.Length > 0))
            {
                if (Define(output, $"node '{node.Label}' ({node.Operator})") is { } problem)
                    return problem;
                producers[output] = node;
            }
        }

        return null;
    }

    /// <summary>The nodes behind the outputs, each behind those that it reads, else in the order of the file; null and a node where they
    /// run in a circle.</summary>
    private static ImmutableArray<OnnxNode>? Order(OnnxGraph graph, Dictionary<string, OnnxNode> producers, out OnnxNode? cycle)
    {
        var order = ImmutableArray.CreateBuilder<OnnxNode>();
        var entered = new HashSet<OnnxNode>(ReferenceEqualityComparer.Instance);
        var left = new HashSet<OnnxNode>(ReferenceEqualityComparer.Instance);
        var live = Live(graph, producers);
        var path = new Stack<(OnnxNode Node, string[] Reads, int Next)>();
        cycle = null;
        foreach (var root in graph.Nodes.Where(live.Contains))
        {
            if (entered.Add(root))
                path.Push((root, [.. root.Reads], 0));
            while (path.TryPop(out var top))
            {
                if (top.Next == top.Reads.Length)
                {
                    left.Add(top.Node);
                    order.Add(top.Node);
                    continue;
                }

                path.Push(top with { Next = top.Next + 1 });
                if (!producers.TryGetValue(top.Reads[top.Next], out var producer) || left.Contains(producer))
                    continue;
                if (!entered.Add(producer))
                {
                    cycle = producer;
                    return null;
                }

                path.Push((producer, [.. producer.Reads], 0));
            }
        }

        return order.ToImmutable();
    }

    private static HashSet<OnnxNode> Live(OnnxGraph graph, Dictionary<string, OnnxNode> producers)
    {
        var live = new HashSet<OnnxNode>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<string>(graph.Outputs.Select(o => o.Name));
        while (pending.TryPop(out var value))
        {
            if (!producers.TryGetValue(value, out var node) || !live.Add(node))
                continue;
            foreach (var input in node.Reads)
                pending.Push(input);
        }

        return live;
    }
}
