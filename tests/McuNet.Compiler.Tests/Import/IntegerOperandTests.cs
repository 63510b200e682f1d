using System.Linq;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Operators between QuantizeLinear and DequantizeLinear compute on the stored integers.</summary>
public sealed class IntegerOperandTests
{
    [OnnxRuntimeTheory]
    [InlineData("Relu", 0)]
    [InlineData("Relu", 20)]
    [InlineData("Relu", -37)]
    [InlineData("Abs", 0)]
    [InlineData("Abs", 20)]
    public void Import_FunctionOfIntegers_EqualsOnnxRuntime(string op, sbyte zero) =>
        Assert.Equal(
            new OnnxDifference(768, 0, 0),
            OnnxOracle.Compare(Start(zero, 14).Node(op, "q", "r").Node("DequantizeLinear", "r s z", "y").Output("y"), 1)
        );

    [OnnxRuntimeTheory]
    [InlineData(-8, 7, 0)]
    [InlineData(-100, 20, 11)]
    [InlineData(50, -50, 3)]
    public void Import_ClipOfIntegers_EqualsOnnxRuntime(sbyte min, sbyte max, sbyte zero) =>
        Assert.Equal(
            new OnnxDifference(768, 0, 0),
            OnnxOracle.Compare(
                Start(zero, 13)
                    .Zero("min", min)
                    .Zero("max", max)
                    .Node("Clip", "q min max", "r")
                    .Node("DequantizeLinear", "r s z", "y")
                    .Output("y"),
                1
            )
        );

    [OnnxRuntimeFact]
    public void Import_ConcatOfIntegersOfOneQuantisation_EqualsOnnxRuntime() =>
        Assert.Equal(
            new OnnxDifference(1536, 0, 0),
            OnnxOracle.Compare(Start(5, 13).Node("Concat", "q q", "r", ("axis", 1)).Node("DequantizeLinear", "r s z", "y").Output("y"), 1)
        );

    /// <summary>A missing value is the integer 0, whatever the zero point; the zero point is real zero, which a pooling takes in.</summary>
    [OnnxRuntimeTheory]
    [InlineData(0, null, false)]
    [InlineData(9, 9, false)]
    [InlineData(9, null, true)]
    [InlineData(9, 0, true)]
    public void Import_PadOfIntegers_PadsTheInteger(int zero, int? fill, bool isMade)
    {
        var model = Start((sbyte)zero, 13).Tensor("pads", McuNet.Compiler.Onnx.OnnxType.Int64, [8], 0L, 0, 1, 1, 0, 0, 1, 1);
        model = fill is { } value ? model.Zero("fill", (sbyte)value).Node("Pad", "q pads fill", "p") : model.Node("Pad", "q pads", "p");
        model
            .Node("DequantizeLinear", "p s z", "d")
            .Node("AveragePool", "d", "a", ("kernel_shape", new[] { 2, 2 }))
            .Node("QuantizeLinear", "a s z", "aq")
            .Node("DequantizeLinear", "aq s z", "y")
            .Output("y");
        Assert.Equal(isMade, ModelCompiler.Network(model.Read(), "net").Value.Nodes.Any(n => n.Operator.Kind == "Pad"));
        Assert.Equal(0, OnnxOracle.Compare(model, 1).Mismatches);
    }

    private static OnnxBytes Start(sbyte zero, int opset) =>
        new OnnxBytes { Opset = opset }
            .Input("x", 1, 3, 16, 16)
            .Float("s", 0.125f)
            .Zero("z", zero)
            .Node("QuantizeLinear", "x s z", "q");
}
