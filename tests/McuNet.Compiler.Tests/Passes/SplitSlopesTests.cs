using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>A slope behind a layer is the larger of two layers' results.</summary>
public sealed class SplitSlopesTests
{
    [Fact]
    public void SplitSlopes_LeakyReluBehindAConvolution_IsTheLargerOfTwo()
    {
        var nodes = Compile(Layer().Node("LeakyRelu", "c", "r", ("alpha", 0.25f)), "r").Nodes;
        Assert.Equal(["Conv2D", "Conv2D", "Max"], nodes.Select(n => n.Operator.Kind).Order());
        var scales = nodes.Select(n => n.Operator).OfType<Conv2D>().Select(c => c.Weights.Scales[0]).Order().ToArray();
        Assert.Equal(scales[1] * 0.25f, scales[0]);
    }

    [OnnxRuntimeTheory]
    [InlineData("LeakyRelu", 0)]
    [InlineData("PRelu", 0)]
    [InlineData("PRelu", 2)]
    public void Evaluate_Slopes_AreWithinOneStepOfOnnxRuntime(string function, float least)
    {
        var model = Layer().Tensor("slope", OnnxType.Float, [2, 1, 1], 0.3f + least, 0.05f + least);
        var sloped = function == "PRelu" ? model.Node("PRelu", "c slope", "r") : model.Node("LeakyRelu", "c", "r", ("alpha", 0.1f));
        var difference = OnnxOracle.Compare(
            sloped
                .Float("o2", 0.05f)
                .Zero("p2", -40)
                .Node("QuantizeLinear", "r o2 p2", "oq")
                .Node("DequantizeLinear", "oq o2 p2", "y")
                .Output("y"),
            1
        );
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Mismatches, 0, difference.Elements / 50);
    }

    /// <summary>Nothing says what the two would be quantised to.</summary>
    [Fact]
    public void SplitSlopes_ResultThatIsNeededAsARealNumber_Stays() =>
        Assert.Contains(Run("SplitSlopes", Read(Layer().Node("LeakyRelu", "c", "r").Output("r"))).Nodes, n => n.Operator is Lookup);

    private static OnnxBytes Layer() =>
        Start()
            .Tensor("w", OnnxType.Int8, [2, 3, 1, 1], [.. Enumerable.Range(0, 6).Select(i => (sbyte)(i * 20 - 50))])
            .Node("DequantizeLinear", "w s", "wd")
            .Node("Conv", "d wd", "c");
}
