using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import;

/// <summary>Puts the nodes of a branch in place of an If whose condition is known while compiling, such as one on the dimensions of an
/// input.</summary>
internal static class KnownBranches
{
    /// <summary>The branch of a node of known condition; null where it is no If, or nothing is known.</summary>
    public static OnnxGraph? Of(OnnxNode node, IReadOnlyDictionary<string, ImportedValue> values) =>
        node is { Operator: "If", Domain: "", Inputs: [var condition] }
        && values.GetValueOrDefault(condition) is Constant { Type: OnnxType.Bool, Count: 1 } known
            ? node.Attribute(known.Data.Span[0] != 0 ? "then_branch" : "else_branch")?.Graph
            : null;

    /// <param name="branches">By the first result of the node.</param>
    public static OnnxModel Taken(OnnxModel model, IReadOnlyDictionary<string, OnnxGraph> branches)
    {
        var graph = model.Graph;
        var names = new FreshNames(
            graph with
            {
                Nodes =
                [
                    .. graph.Nodes.Select(n => FirstOf(n) is { } first && branches.ContainsKey(first) ? n with { Attributes = [] } : n),
                ],
            }
        );
        var initializers = graph.Initializers.ToBuilder();
        var nodes = ImmutableArray.CreateBuilder<OnnxNode>();
        foreach (var node in graph.Nodes)
        {
            if (FirstOf(node) is { } first && branches.TryGetValue(first, out var branch))
                Take(node, branch);
            else
                nodes.Add(node);
        }

        return model with
        {
            Graph = graph with { Nodes = nodes.ToImmutable(), Initializers = initializers.ToImmutable() },
        };

        void Take(OnnxNode node, OnnxGraph branch)
        {
            var given = branch.Outputs.Select(o => o.Name).Zip(node.Outputs).Where(o => o.Second.Length > 0).ToArray();
            var computed = branch.Nodes.SelectMany(n => n.Outputs).ToHashSet();
            var direct = given.Where(o => computed.Contains(o.First)).DistinctBy(o => o.First).ToDictionary(o => o.First, o => o.Second);
            var own = branch
                .Defines.Concat(branch.Nodes.SelectMany(n => n.Defines))
                .Distinct()
                .ToDictionary(n => n, n => direct.TryGetValue(n, out var result) ? result : names.Of(n));
            initializers.AddRange(branch.Initializers.Select(i => i with { Name = own[i.Name] }));
            nodes.AddRange(branch.Nodes.Select(n => n.Renamed(own) with { Opset = n.Opset ?? node.Opset }));
            foreach (var (from, to) in given)
            {
                var name = own.GetValueOrDefault(from, from);
                if (name != to)
                    nodes.Add(new($"{node.Label}/{from}", "Identity", "", [name], [to], []));
            }
        }
    }

    /// <summary>The first result of a node, by which it is known.</summary>
    public static string? FirstOf(OnnxNode node) => node.Outputs.FirstOrDefault(o => o.Length > 0);
}
