using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

public sealed class KnownBranchesTests
{
    private static readonly OnnxNode[] RankOfInput =
    [
        new("shape", "Shape", "", ["x"], ["shape"], []),
        new("first", "Gather", "", ["shape", "one"], ["first"], []),
        new("test", "Equal", "", ["first", "three"], ["test"], []),
    ];

    [Fact]
    public void If_ConditionOnDimensions_TakesTheBranch()
    {
        var network = ModelCompiler
            .Network(Model([.. RankOfInput, If("test", Graph([Node("Relu", "x", "a")], "a"), Graph([Node("Neg", "x", "b")], "b"))]), "net")
            .Value;

        Assert.Equal(["y"], network.Outputs.Select(o => o.Name));
        Assert.Contains(network.Nodes, n => n.Operator is Clip);
        Assert.DoesNotContain(network.Nodes, n => n.Operator.Kind.Contains("Neg", StringComparison.Ordinal));
    }

    /// <summary>Values of a branch may have names that stand outside it too, and what it captures comes from outside.</summary>
    [Fact]
    public void If_InsideIf_KeepsNamesApart()
    {
        var inner = If("yes", Graph([Node("Relu", "t", "u"), Node("Add", "u t", "v")], "v"), Graph([], "t")) with { Outputs = ["w"] };
        var outer = If(
            "test",
            Graph([Node("Neg", "x", "u"), Node("Add", "u t", "p"), inner, Node("Mul", "p w", "a")], "a"),
            Graph([], "x")
        );
        var nested = Model([
            .. RankOfInput,
            Node("Sigmoid", "x", "t"),
            Node("Tanh", "x", "u"),
            outer with
            {
                Outputs = ["z"],
            },
            Node("Add", "z u", "y"),
        ]);
        var flat = Model([
            Node("Sigmoid", "x", "t"),
            Node("Tanh", "x", "u"),
            Node("Neg", "x", "u2"),
            Node("Add", "u2 t", "p"),
            Node("Relu", "t", "u3"),
            Node("Add", "u3 t", "w"),
            Node("Mul", "p w", "z"),
            Node("Add", "z u", "y"),
        ]);

        Assert.Equal(Run(flat), Run(nested));
    }

    [Fact]
    public void If_BranchGivesAValueFromOutside_PassesItOn() =>
        Assert.Equal(Run(Model([Node("Tanh", "x", "y")])), Run(Model([Node("Tanh", "x", "t"), If("yes", Graph([], "t"), Graph([], "x"))])));

    [Fact]
    public void If_BranchWithConstants_BringsThem()
    {
        var constant = OnnxTensor.Of<float>("k", OnnxType.Float, [1], [0.5f]);
        var branch = Graph([Node("Mul", "x k", "a")], "a") with { Initializers = [constant] };
        var plain = Model([Node("Mul", "x k", "y")]);

        Assert.Equal(
            Run(plain with { Graph = plain.Graph with { Initializers = plain.Graph.Initializers.Add(constant) } }),
            Run(Model([If("yes", branch, Graph([], "x"))]))
        );
    }

    [Fact]
    public void If_ConditionFromTheInput_IsRefusedWithTheCondition()
    {
        var dependent = If("yes", Graph([], "x"), Graph([], "x")) with { Inputs = ["x"] };
        var problem = Assert.Single(ModelCompiler.Network(Model([dependent]), "net").Diagnostics);

        Assert.Equal("MCU1026", problem.Id);
        Assert.StartsWith(
            "'if' is an If whose condition 'x' is only known when the network runs.",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_GraphsInEachOtherWithoutEnd_IsAFault()
    {
        var graph = Graph([], "x");
        for (var i = 0; i < 20; i++)
            graph = Graph([If("yes", graph, graph)], "y");
        var problem = Assert.Single(OnnxReader.Read(OnnxWriter.Write(Model([If("yes", graph, Graph([], "x"))])), "deep.onnx").Diagnostics);

        Assert.Equal("MCU1002", problem.Id);
        Assert.Contains("graphs stand in each other more than 16 deep", problem.Message, StringComparison.Ordinal);
    }

    private static float[] Run(OnnxModel model)
    {
        var network = ModelCompiler.Network(OnnxReader.Read(OnnxWriter.Write(model), "net.onnx").Value, "net").Value;
        var input = new McuNet.Compiler.Graph.TensorData(network[network.Inputs[0].Tensor].Type);
        for (var i = 0; i < input.Float32.Length; i++)
            input.Float32[i] = (i - 7) / 5f;
        return McuNet.Compiler.Graph.ReferenceEvaluator.Run(network, [input])[0].Float32.ToArray();
    }

    private static OnnxNode Node(string op, string inputs, string output) => new(output, op, "", [.. inputs.Split(' ')], [output], []);

    private static OnnxNode If(string condition, OnnxGraph then, OnnxGraph otherwise) =>
        new(
            "if",
            "If",
            "",
            [condition],
            ["y"],
            [
                new OnnxAttribute
                {
                    Name = "then_branch",
                    Type = OnnxAttributeType.Graph,
                    Graph = then,
                },
                new OnnxAttribute
                {
                    Name = "else_branch",
                    Type = OnnxAttributeType.Graph,
                    Graph = otherwise,
                },
            ]
        );

    private static OnnxGraph Graph(ImmutableArray<OnnxNode> nodes, string output) =>
        new("branch", nodes, [], [], [new OnnxValueInfo(output, OnnxType.Float, null, [])], []);

    private static OnnxModel Model(ImmutableArray<OnnxNode> nodes) =>
        new()
        {
            IrVersion = 8,
            Producer = "test",
            Opsets = [new("", 17)],
            Graph = new(
                "g",
                nodes,
                [
                    OnnxTensor.Of<long>("one", OnnxType.Int64, [], [1]),
                    OnnxTensor.Of<long>("three", OnnxType.Int64, [], [3]),
                    new OnnxTensor("yes", OnnxType.Bool, [], new byte[] { 1 }),
                ],
                [new OnnxValueInfo("x", OnnxType.Float, [1, 3, 2, 2], ["?", "?", "?", "?"])],
                [new OnnxValueInfo("y", OnnxType.Float, null, [])],
                []
            ),
        };
}
