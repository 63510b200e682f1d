using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;
using Xunit;

namespace McuNet.Compiler.Tests.Onnx;

public sealed class FunctionCallsTests
{
    private static readonly OnnxFunction Act = Function(
        "Act",
        "X",
        "Z",
        Node("Neg", "X", "t"),
        Node("LeakyRelu", "t", "Z") with
        {
            Attributes =
            [
                new OnnxAttribute
                {
                    Name = "alpha",
                    Type = OnnxAttributeType.Float,
                    Reference = "slope",
                },
            ],
        }
    ) with
    {
        Defaults = [OnnxAttribute.Of("slope", 0.3f)],
    };

    [Fact]
    public void Expanded_TwoCalls_KeepTheirValuesApart()
    {
        var graph = Expanded(Model([Call("Act", "x", "a"), Call("Act", "a", "y")], Act)).Graph;

        Assert.Equal(["a/t", "a", "y/t", "y"], graph.Nodes.SelectMany(n => n.Outputs));
        Assert.Equal(["x", "a/t", "a", "y/t"], graph.Nodes.SelectMany(n => n.Inputs));
        Assert.Equal(["a/t", "a/Z", "y/t", "y/Z"], graph.Nodes.Select(n => n.Name));
    }

    [Fact]
    public void Expanded_Attribute_IsThatOfTheCallElseTheDefault()
    {
        var graph = Expanded(
            Model([Call("Act", "x", "a") with { Attributes = [OnnxAttribute.Of("slope", 0.7f)] }, Call("Act", "a", "y")], Act)
        ).Graph;

        Assert.Equal([0.7f, 0.3f], graph.Nodes.Select(n => n.Attribute("alpha")).OfType<OnnxAttribute>().Select(a => a.Float));
    }

    [Fact]
    public void Expanded_AttributeThatNobodyGives_IsLeftOut() =>
        Assert.Null(Expanded(Model([Call("Act", "x", "y")], Act with { Defaults = [] })).Graph.Nodes[1].Attribute("alpha"));

    [Fact]
    public void Expanded_OmittedOperand_IsOmittedInside()
    {
        var graph = Expanded(Model([Call("Layer", "x", "y")], Function("Layer", "X W B", "Z", Node("Conv", "X W B", "Z")))).Graph;

        Assert.Equal("x  ", string.Join(' ', graph.Nodes[0].Inputs));
    }

    [Fact]
    public void Expanded_ResultThatIsAnOperand_IsPassedOn()
    {
        var graph = Expanded(Model([Call("Same", "x", "y")], Function("Same", "X", "X"))).Graph;

        Assert.Equal(("Identity", "x", "y"), (Assert.Single(graph.Nodes).Operator, graph.Nodes[0].Inputs[0], graph.Nodes[0].Outputs[0]));
    }

    [Fact]
    public void Expanded_NameThatTheModelHas_GetsANumber() =>
        Assert.Equal(
            ["y/t", "y/t (2)", "y"],
            Expanded(Model([Node("Relu", "x", "y/t"), Call("Act", "y/t", "y")], Act)).Graph.Nodes.SelectMany(n => n.Outputs)
        );

    [Fact]
    public void Expanded_FunctionOfAnotherOpset_KeepsIt()
    {
        var graph = Expanded(Model([Node("Relu", "x", "a"), Call("Act", "a", "y")], Act with { Opsets = [new("", 11)] })).Graph;

        Assert.Equal([null, 11, 11], graph.Nodes.Select(n => n.Opset));
    }

    [Fact]
    public void Expanded_FunctionThatCallsItself_IsNamed() =>
        Refused("the function 'Loop' calls itself", Model([Call("Loop", "x", "y")], Function("Loop", "X", "Z", Call("Loop", "X", "Z"))));

    [Fact]
    public void Expanded_FunctionsThatDoubleEachOther_EndAtTheLimit()
    {
        var functions = Enumerable
            .Range(0, 60)
            .Select(i => Function($"F{i}", "X", "Z", Call($"F{i + 1}", "X", "t"), Call($"F{i + 1}", "t", "Z")))
            .Append(Function("F60", "X", "Z"));

        Refused("its functions come to more than 200,000 nodes", Model([Call("F0", "x", "y")], [.. functions]));
    }

    [Fact]
    public void Expanded_CallWithTooManyOperands_IsNamed() =>
        Refused("the function 'Act' takes 1 operands and gives 1, and the node has 2 and 1", Model([Call("Act", "x x", "y")], Act));

    private static void Refused(string reason, OnnxModel model)
    {
        var problem = Assert.Single(FunctionCalls.Expanded(model).Diagnostics);
        Assert.Equal("MCU1025", problem.Id);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    private static OnnxModel Expanded(OnnxModel model) => FunctionCalls.Expanded(model).Value;

    private static OnnxNode Call(string function, string inputs, string output) => Node(function, inputs, output) with { Domain = "own" };

    private static OnnxNode Node(string op, string inputs, string output) => new("", op, "", [.. inputs.Split(' ')], [output], []);

    private static OnnxFunction Function(string name, string inputs, string output, params ImmutableArray<OnnxNode> nodes) =>
        new("own", name, "", [.. inputs.Split(' ')], [output], [], nodes, [new("", 17), new("own", 1)]);

    private static OnnxModel Model(ImmutableArray<OnnxNode> nodes, params ImmutableArray<OnnxFunction> functions) =>
        new()
        {
            IrVersion = 8,
            Producer = "test",
            Opsets = [new("", 17), new("own", 1)],
            Functions = functions,
            Graph = new(
                "g",
                nodes,
                [],
                [new OnnxValueInfo("x", OnnxType.Float, [1, 4], [])],
                [new OnnxValueInfo("y", OnnxType.Float, null, [])],
                []
            ),
        };
}
