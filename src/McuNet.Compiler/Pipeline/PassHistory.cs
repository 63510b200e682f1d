using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Passes;
using McuNet.Compiler.Report;

namespace McuNet.Compiler.Pipeline;

/// <summary>Remembers the network after the import and after each pass, and says what each of them changed.</summary>
public sealed class PassHistory
{
    private readonly List<(string Pass, NetworkGraph Graph)> _all = [];

    /// <summary>For <see cref="CompilerTools.Observe"/>.</summary>
    public void Add(string pass, NetworkGraph graph) => _all.Add((pass, graph));

    /// <summary>In order; the import holds all of its nodes unchanged.</summary>
    public ImmutableArray<DrawnPass> Passes()
    {
        var passes = ImmutableArray.CreateBuilder<DrawnPass>();
        ImmutableArray<Statement>? before = null;
        foreach (var (pass, graph) in _all)
        {
            var after = graph.Nodes.Select(n => Statement.Of(graph, n)).ToImmutableArray();
            ImmutableArray<DrawnLine> lines = before is { } known ? Difference(known, after) : [.. after.Select(s => s.Line(Change.None))];
            var reason = PassTable.Passes.FirstOrDefault(p => p.Name == pass)?.Reason ?? "The network as the file states it.";
            passes.Add(new(pass, reason, graph.Nodes.Length, before is null || lines.Any(l => l.Change != Change.None) ? lines : []));
            before = after;
        }
        return passes.ToImmutable();
    }

    /// <summary>By the longest sequence of nodes that both have: what is before it and not in it went, what is after it came.</summary>
    private static ImmutableArray<DrawnLine> Difference(ImmutableArray<Statement> before, ImmutableArray<Statement> after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
                common[i, j] = before[i].Text == after[j].Text ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }
        var lines = ImmutableArray.CreateBuilder<DrawnLine>();
        var (b, a) = (0, 0);
        while (b < before.Length || a < after.Length)
        {
            if (b < before.Length && a < after.Length && before[b].Text == after[a].Text)
                lines.Add(after[a].Line(before[b++].Operator.Equals(after[a++].Operator) ? Change.None : Change.Inside));
            else if (a == after.Length || (b < before.Length && common[b + 1, a] >= common[b, a + 1]))
                lines.Add(before[b++].Line(Change.Removed));
            else
                lines.Add(after[a++].Line(Change.Added));
        }
        return lines.ToImmutable();
    }

    private sealed record Statement(string Node, string Text, Operator Operator)
    {
        public static Statement Of(NetworkGraph graph, Node node) => new(node.Name, GraphText.Statement(graph, node), node.Operator);

        public DrawnLine Line(Change change) => new(change, Node, Text);
    }
}
