using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Compiler.Tests.Networks;
using McuNet.Runtimes.Tests.Support;
using Xunit;

namespace McuNet.Conformance.Networks;

/// <summary>Networks that run in another order than that of their file answer as the reference does in the order of the file.</summary>
public sealed class WiredNetworkTests
{
    [HostCompilerFact]
    public void HostC_OtherOrder_MatchesTheFile()
    {
        foreach (var (graph, model) in Reordered(4))
        {
            var cases = Cases(graph);
            Outputs.Reference(graph, cases).AssertEqual(graph.Name, CompiledC.OnHost(model, cases).Value);
        }
    }

    [Fact]
    public void CSharp_OtherOrder_MatchesTheFile()
    {
        var (graph, model) = Reordered(1).Single();
        Outputs.Reference(graph, Cases(graph)).AssertEqual(graph.Name, new Outputs(new ManagedNetwork(model).Run(Cases(graph)).Outputs));
    }

    private static IReadOnlyList<byte[]>[] Cases(NetworkGraph graph) =>
        Enumerable.Range(0, 2).Select(i => (IReadOnlyList<byte[]>)[RandomNetwork.Input(graph, i).Bytes]).ToArray();

    private static IEnumerable<(NetworkGraph Graph, Compiler.Planning.CompiledModel Model)> Reordered(int count) =>
        Enumerable
            .Range(1, 200)
            .Select(seed => WiredNetwork.Random(seed, nodes: 12, reach: 6))
            .Select((graph, i) => (graph, ManagedNetwork.Compile(graph, Objective.Memory, (InputMode)(i % 2))))
            .Where(pair => !pair.Item2.Graph.Nodes.Select(n => n.Name).SequenceEqual(pair.graph.Nodes.Select(n => n.Name)))
            .Take(count);
}
