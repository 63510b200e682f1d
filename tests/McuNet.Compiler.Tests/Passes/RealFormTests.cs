using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Integer weights of a layer on real numbers are the real numbers that they stand for.</summary>
public sealed class RealFormTests
{
    [Fact]
    public void RealForm_IntegerWeightsBehindRealInput_AreWhatTheyStandFor()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 2)
            .Tensor("w", OnnxType.Int8, [2, 2], (sbyte)1, (sbyte)-2, (sbyte)3, (sbyte)4)
            .Float("ws", 0.5f, 2f)
            .Node("DequantizeLinear", "w ws", "wd", ("axis", 0))
            .Node("Gemm", "x wd", "y", ("transB", 1))
            .Output("y");
        var dense = Assert.IsType<Dense>(Assert.Single(Finish(model).Nodes).Operator);
        Assert.Equal(ElementType.Float32, dense.Weights.Element);
        Assert.Equal([0.5, -1, 6, 8], dense.Weights.Reals(_ => 0));
    }

    [Fact]
    public void RealForm_JoinedRealTensorsThatAreLimited_AreJoinedFirst()
    {
        var graph = Finish(
            new OnnxBytes()
                .Input("x", 1, 2, 4, 4)
                .Node("Sigmoid", "x", "s")
                .Node("Concat", "x s", "c", ("axis", 1))
                .Node("Relu", "c", "y")
                .Output("y")
        );
        Assert.Equal(["Sigmoid", "Concat", "Clip"], Kinds(graph));
    }

    [Fact]
    public void RealForm_LayerBetweenQuantisedTensors_KeepsItsIntegers() =>
        Assert.All(
            Compile(
                Start()
                    .Tensor("w", OnnxType.Int8, [1, 3, 1, 1], (sbyte)1, (sbyte)2, (sbyte)3)
                    .Node("DequantizeLinear", "w s", "wd")
                    .Node("Conv", "d wd", "c"),
                "c"
            )
                .Nodes.Select(n => n.Operator)
                .OfType<ILinear>(),
            l => Assert.Equal(ElementType.Int8, l.Weights.Element)
        );
}
