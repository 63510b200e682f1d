using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Kernels;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Emit.CSharp;

/// <summary>The generated C# against the reference evaluator, bit for bit and without allocations.</summary>
public sealed class CSharpEmitterTests
{
    private const int RandomNetworks = 12;
    private const int LayersPerNetwork = 24;

    public static TheoryData<Objective, InputMode> Schedules { get; } =
        new()
        {
            { Objective.Fit, InputMode.Resident },
            { Objective.Memory, InputMode.Resident },
            { Objective.Latency, InputMode.Rows },
            { Objective.Memory, InputMode.Rows },
        };

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Engine_RandomNetworks_MatchReference(Objective objective, InputMode input)
    {
        for (var seed = 0; seed < RandomNetworks; seed++)
        {
            var graph = RandomNetwork.Build(1000 * (int)objective + seed);
            if (input == InputMode.Rows && graph.IsOutput(graph.Inputs[0].Tensor))
                continue;
            var network = new ManagedNetwork(ManagedNetwork.Compile(graph, objective, input), checkOverflow: seed % 2 == 0);
            network.AssertMatches($"{graph.Name} {objective} {input}", [RandomNetwork.Input(graph, seed)]);
        }
    }

    [Fact]
    public void Engine_LinearLayers_MatchReference() => AssertLayersMatch(PortableKernelTests.Linear());

    [Fact]
    public void Engine_OtherLayers_MatchReference() => AssertLayersMatch(PortableKernelTests.Others());

    /// <summary>A kernel names the sources that it needs; beside others they may be there by chance.</summary>
    [Fact]
    public void Engine_EveryKernelAlone_Compiles() =>
        AssertLayersMatch(
            [
                .. PortableKernelTests
                    .Linear()
                    .Concat(PortableKernelTests.Others())
                    .Where(c => c.Calling == Calling.SplitColumns)
                    .DistinctBy(c => c.Kernel.Function),
            ],
            1
        );

    /// <summary>Sums of 1 to 40 taps, of which vectors take sixteen, eight or none, and channels that are no multiple of four.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Engine_AnyNumberOfTaps_MatchesReferenceWithVectorsAndWithout(bool asNet)
    {
        var net = new NetworkBuilder(9, asymmetric: false);
        var x = net.Input(5, 5, 3);
        foreach (var channels in new[] { 8, 15, 16, 17, 24, 31, 40, 1 })
            x = net.Conv(
                net.Depthwise(net.Conv(x, channels, NetworkBuilder.Square(1)), NetworkBuilder.Square(3)),
                channels,
                NetworkBuilder.Square(channels == 1 ? 3 : 1)
            );
        var graph = net.Build("taps", net.Dense(net.Conv(x, 9, NetworkBuilder.Square(3)), 7));
        var model = ManagedNetwork.Compile(graph, Objective.Latency, InputMode.Resident);
        var network = new ManagedNetwork(model, asNet: asNet);
        network.AssertMatches("taps", [RandomNetwork.Input(graph, 5)]);
        Assert.Contains("Vector256", network.Source, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Vector",
            CSharpEmitter.Emit(ProgramBuilder.CSharp(model), CSharpDialect.Nano).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Engine_MoreLayersThanBytesCount_MatchesReference()
    {
        var net = new NetworkBuilder(5);
        var x = net.Input(1, 1, 2);
        for (var i = 0; i < 260; i++)
            x = net.Conv(x, 2, NetworkBuilder.Square(1));
        var graph = net.Build("deep", x);
        var network = new ManagedNetwork(ManagedNetwork.Compile(graph, Objective.Latency, InputMode.Resident));
        Assert.Contains("readonly ushort[] Program", network.Source, StringComparison.Ordinal);
        network.AssertMatches("deep", [RandomNetwork.Input(graph, 5)]);
    }

    [Fact]
    public void Engine_ArraysTooShort_ThrowsArgumentException()
    {
        var net = new NetworkBuilder(1);
        var graph = net.Build("pointwise", net.Conv(net.Input(4, 4, 3), 5, NetworkBuilder.Square(1)));
        var engine = new ManagedNetwork(ManagedNetwork.Compile(graph, Objective.Fit, InputMode.Resident)).Engine;
        Assert.Throws<ArgumentException>(() => engine.Run(new sbyte[engine.ArenaBytes - 1], new int[engine.AccumulatorWords]));
        Assert.Throws<ArgumentException>(() => engine.Run(new sbyte[engine.ArenaBytes], new int[engine.AccumulatorWords - 1]));
    }

    [Fact]
    public void Emit_Twice_SameText()
    {
        var graph = RandomNetwork.Build(3);
        var texts = Enumerable
            .Range(0, 2)
            .Select(_ => CSharpEmitter.Emit(ProgramBuilder.CSharp(ManagedNetwork.Compile(graph, Objective.Memory, InputMode.Resident))));
        Assert.Single(texts.Distinct());
    }

    [Fact]
    public void Emit_KernelsThatNothingUses_AreAbsent()
    {
        var net = new NetworkBuilder(1);
        var graph = net.Build("pointwise", net.Conv(net.Input(4, 4, 3), 5, NetworkBuilder.Square(1)));
        var text = CSharpEmitter.Emit(ProgramBuilder.CSharp(ManagedNetwork.Compile(graph, Objective.Fit, InputMode.Resident))).Text;
        Assert.Contains("PointwiseS8Portable(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ConvS8Portable(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("GatherS8(", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Emit_EqualTables_OnlyOnce()
    {
        var net = new NetworkBuilder(1);
        var input = net.Input(4, 4, 3);
        var first = net.Build("twins", net.Conv(input, 5, NetworkBuilder.Square(1)));
        var twin = first.Nodes[0] with { Id = new NodeId(1), Output = new TensorId(2) };
        var graph = first with
        {
            Tensors = first.Tensors.Add(first.Tensors[1] with { Id = new TensorId(2) }),
            Nodes = first.Nodes.Add(twin),
            Outputs = first.Outputs.Add(first.Outputs[0] with { Tensor = new TensorId(2) }),
        };
        var text = CSharpEmitter.Emit(ProgramBuilder.CSharp(ManagedNetwork.Compile(graph, Objective.Fit, InputMode.Resident))).Text;
        Assert.Equal(2, text.Split("readonly sbyte[] Weights").Length);
    }

    [Theory]
    [InlineData("kws", "McuNet.Generated.KwsEngine")]
    [InlineData("mcunet_vww", "McuNet.Generated.McunetVwwEngine")]
    [InlineData("_8bit", "McuNet.Generated.Model8bitEngine")]
    public void EngineClass_ModelName_IsPascalCase(string model, string expected) =>
        Assert.Equal(expected, CSharpEmitter.EngineClass(model));

    /// <summary>Many layers side by side in one network, each with inputs and an output of its own.</summary>
    private static void AssertLayersMatch(List<KernelCase> cases, int together = LayersPerNetwork)
    {
        foreach (var layers in cases.Where(c => c.Calling == Calling.SplitColumns).Chunk(together))
        {
            var (tensors, nodes) = (new List<Tensor>(), new List<Node>());
            foreach (var layer in layers)
            {
                var inputs = layer.Types.Inputs.Select(type => Add(tensors, type)).ToImmutableArray();
                nodes.Add(new Node(new NodeId(nodes.Count), layer.Name, layer.Operator, inputs, Add(tensors, layer.Types.Output)));
            }
            var graph = new NetworkGraph(
                "layers",
                [.. tensors],
                [.. nodes],
                nodes.SelectMany(n => n.Inputs).Select(t => Port(tensors[t.Value])).ToImmutableArray(),
                nodes.Select(n => Port(tensors[n.Output.Value])).ToImmutableArray()
            );
            var model = ManagedNetwork.Compile(graph, Objective.Latency, InputMode.Resident);
            var program = ProgramBuilder.CSharp(model, [.. model.Origin.Select(n => layers[n].Kernel)]);
            var values = layers.SelectMany(l => l.Inputs).ToArray();
            var network = new ManagedNetwork(model, program, checkOverflow: true);
            AssertBlocksAreThoseOfC(network.Source);
            network.AssertMatches(string.Join("; ", layers.Select((l, i) => $"{i}: {l.Name}")), values);
        }
    }

    /// <summary>Every parameter block has the fields of the struct in C, in its order; both are read line by line here.</summary>
    private static void AssertBlocksAreThoseOfC(string source)
    {
        var structs = KernelText
            .Sources.SelectMany(s => KernelText.Structs(KernelText.Of(s)))
            .ToDictionary(s => s.Name.Replace("_", "", StringComparison.Ordinal), s => s.Fields, StringComparer.OrdinalIgnoreCase);
        var blocks = Regex.Matches(source, @"in C\.</summary>\s+internal sealed (?:partial )?class (Mn\w+)\s+\{([^}]*)\}");
        Assert.NotEmpty(blocks);
        Assert.All(blocks, b => Assert.Equal(Fields(structs[b.Groups[1].Value]), Fields(b.Groups[2].Value)));

        static IEnumerable<string> Fields(string text) =>
            text.Split(';')
                .Select(f => f.Trim().Split(' ')[^1].Replace("_", "", StringComparison.Ordinal).TrimStart('*').ToUpperInvariant());
    }

    private static TensorId Add(List<Tensor> tensors, TensorType type)
    {
        tensors.Add(new Tensor(new TensorId(tensors.Count), $"t{tensors.Count}", type));
        return tensors[^1].Id;
    }

    private static GraphPort Port(Tensor tensor) => new(tensor.Name, tensor.Id, [1, tensor.Type.Shape.Elements], tensor.Type.Element);
}
