using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Passes;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Report;
using McuNet.Compiler.Tests.Devices;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Report;

/// <summary>What a pass did is the difference of the networks before and after it.</summary>
public sealed class PassHistoryTests
{
    private static readonly string Digits = Path.Combine(RepositoryFolder.Root, "samples", "digits", "digits.onnx");

    [Fact]
    public void Passes_OfAModel_LeadFromTheFileToTheNetwork()
    {
        var history = new PassHistory();
        var network = ModelCompiler.Network(File.ReadAllBytes(Digits), Digits, "digits", new CompilerTools { Observe = history.Add }).Value;
        var passes = history.Passes();

        Assert.Equal(["import", .. PassTable.Passes.Select(p => p.Name)], passes.Select(p => p.Name));
        Assert.Equal(network.Nodes.Length, passes[^1].Nodes);
        for (var p = 1; p < passes.Length; p++)
        {
            var (came, went) = (
                passes[p].Lines.Count(l => l.Change == Change.Added),
                passes[p].Lines.Count(l => l.Change == Change.Removed)
            );
            Assert.Equal(passes[p].Nodes - passes[p - 1].Nodes, came - went);
            Assert.True(
                passes[p].Lines.IsEmpty || passes[p].Nodes == passes[p].Lines.Count(l => l.Change != Change.Removed),
                passes[p].Name
            );
        }
        var fused = passes.Single(p => p.Name == nameof(FuseQuantization));
        Assert.Contains(
            fused.Lines,
            l => l.Change == Change.Removed && l.Statement.Contains("Dequantize", System.StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            fused.Lines,
            l => l.Change == Change.Added && l.Statement.Contains("Dequantize", System.StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Passes_OneNodeDroppedOneRenamedOneChangedInside_SaysSo()
    {
        var graph = RandomNetwork.Build(2);
        var history = new PassHistory();
        history.Add("import", graph);
        history.Add("same", graph);
        var first = graph.Nodes[0];
        history.Add("inside", graph with { Nodes = graph.Nodes.SetItem(0, first with { Operator = new Other(first.Operator) }) });
        history.Add("less", graph with { Nodes = graph.Nodes.RemoveAt(0) });
        var passes = history.Passes();

        Assert.Empty(passes[1].Lines);
        Assert.Equal([Change.Inside], passes[2].Lines.Select(l => l.Change).Where(c => c != Change.None));
        Assert.Equal(first.Name, passes[2].Lines.Single(l => l.Change == Change.Inside).Node);
        Assert.Equal([Change.Removed], passes[3].Lines.Select(l => l.Change).Where(c => c is not (Change.None or Change.Inside)));
        Assert.Equal(graph.Nodes.Length - 1, passes[3].Nodes);
    }

    /// <summary>An operator that looks like another and is not equal to it.</summary>
    private sealed record Other(Operator As) : Operator
    {
        public override string Kind => As.Kind;

        public override OperandRule Operands => As.Operands;

        public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => As.InferShape(inputs);

        public override long Macs(NodeTypes types) => As.Macs(types);

        public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
            As.EvaluateReals(types, inputs, output);

        public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output) =>
            As.Evaluate(types, inputs, output);

        public override RowDependency Rows(NodeTypes types) => As.Rows(types);

        public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => As.Slice(types, output);
    }
}
