using System;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import.NodeImports;

public sealed class FusedRowsTests
{
    private const string Microsoft = "com.microsoft.";

    [OnnxRuntimeFact]
    public void FusedConv_WithSumAndActivation_EqualsOnnxRuntime() =>
        Same(
            Net(1, 3, 8, 8)
                .Tensor("v", OnnxType.Float, [4, 3, 3, 3], Numbers(4 * 27))
                .Tensor("w", OnnxType.Float, [4, 3, 3, 3], Numbers(4 * 27))
                .Float("b", Numbers(4))
                .Tensor("p", OnnxType.Float, [5, 4, 1, 1], Numbers(20))
                .Node("Conv", "x v", "z", ("pads", new[] { 1, 1, 1, 1 }))
                .Node(Microsoft + "FusedConv", "x w b z", "c", ("pads", new[] { 1, 1, 1, 1 }), ("activation", "Relu"))
                .Node(Microsoft + "FusedConv", "c p", "y", ("activation", "LeakyRelu"), ("activation_params", new[] { 0.2f }))
                .Output("y", 1, 5, 8, 8)
        );

    [OnnxRuntimeTheory]
    [InlineData("Clip", new[] { -0.5f, 0.25f })]
    [InlineData("HardSigmoid", new[] { 0.3f, 0.4f })]
    [InlineData("Sigmoid", new float[0])]
    [InlineData("Tanh", new float[0])]
    public void FusedConv_Activation_EqualsOnnxRuntime(string activation, float[] constants) =>
        Same(
            Net(1, 3, 8, 8)
                .Tensor("w", OnnxType.Float, [4, 3, 1, 1], Numbers(12))
                .Node(Microsoft + "FusedConv", "x w", "y", ("activation", activation), ("activation_params", constants))
                .Output("y", 1, 4, 8, 8)
        );

    [Fact]
    public void FusedConv_UnknownActivation_IsNamed()
    {
        var model = Net(1, 3, 8, 8)
            .Tensor("w", OnnxType.Float, [4, 3, 1, 1], Numbers(12))
            .Node(Microsoft + "FusedConv", "x w", "y", ("activation", "Softsign"))
            .Output("y", 1, 4, 8, 8);
        var problem = Assert.Single(ModelCompiler.Network(model.Read(), "net").Diagnostics);
        Assert.Contains("'node_y' (FusedConv) has activation = Softsign", problem.Message, StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void FusedGemm_WithActivation_EqualsOnnxRuntime() =>
        Same(
            Net(1, 16)
                .Tensor("w", OnnxType.Float, [4, 16], Numbers(64))
                .Float("b", Numbers(4))
                .Node(
                    Microsoft + "FusedGemm",
                    "x w b",
                    "y",
                    ("transB", 1),
                    ("alpha", 0.5f),
                    ("activation", "LeakyRelu"),
                    ("activation_alpha", 0.3f)
                )
                .Output("y", 1, 4)
        );

    [OnnxRuntimeFact]
    public void FusedMatMul_TransposedAndScaled_EqualsOnnxRuntime() =>
        Same(
            Net(1, 6, 16)
                .Node(Microsoft + "FusedMatMul", "x x", "s", ("transB", 1), ("alpha", 0.25f))
                .Node("Softmax", "s", "p", ("axis", -1))
                .Node(Microsoft + "FusedMatMul", "p x", "y")
                .Output("y", 1, 6, 16)
        );

    [OnnxRuntimeFact]
    public void GeluFamily_OneBehindTheOther_EqualsOnnxRuntime() =>
        Same(
            Net(1, 6, 16)
                .Float("b", Numbers(16))
                .Node(Microsoft + "BiasGelu", "x b", "a")
                .Node(Microsoft + "FastGelu", "a b", "c")
                .Node(Microsoft + "QuickGelu", "c", "d")
                .Node(Microsoft + "Gelu", "d", "y")
                .Output("y", 1, 6, 16)
        );

    [OnnxRuntimeFact]
    public void SkipLayerNormalization_SumInUse_EqualsOnnxRuntime() =>
        Same(
            Net(1, 6, 16)
                .Tensor("w", OnnxType.Float, [16, 16], Numbers(256))
                .Float("g", Numbers(16))
                .Float("e", Numbers(16))
                .Float("b", Numbers(16))
                .Node("MatMul", "x w", "m")
                .Node(Microsoft + "SkipLayerNormalization", "x m g e b", "l - - s", ("epsilon", 1e-5f))
                .Node("MatMul", "l w", "n")
                .Node(Microsoft + "SkipSimplifiedLayerNormalization", "s n g", "r", ("epsilon", 1e-5f))
                .Node("SimplifiedLayerNormalization", "r g", "y", ("axis", -1), ("epsilon", 1e-5f))
                .Output("y", 1, 6, 16)
        );

    [OnnxRuntimeFact]
    public void Attention_TwoHeads_EqualsOnnxRuntime() =>
        Same(
            Net(1, 6, 16)
                .Tensor("w", OnnxType.Float, [16, 48], Numbers(16 * 48))
                .Float("b", Numbers(48))
                .Node(Microsoft + "Attention", "x w b", "y", ("num_heads", 2))
                .Output("y", 1, 6, 16)
        );

    [OnnxRuntimeFact]
    public void NhwcMaxPool_OfIntegers_EqualsOnnxRuntime() =>
        Assert.Equal(
            0,
            OnnxOracle
                .Compare(
                    Net(1, 3, 8, 8)
                        .Float("s", 0.02f)
                        .Zero("z", 3)
                        .Node("QuantizeLinear", "x s z", "q")
                        .Node("Transpose", "q", "t", ("perm", new[] { 0, 2, 3, 1 }))
                        .Node(Microsoft + "NhwcMaxPool", "t", "p", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }))
                        .Node("DequantizeLinear", "p s z", "y")
                        .Output("y", 1, 4, 4, 3),
                    5
                )
                .Mismatches
        );

    private static OnnxBytes Net(params long[] dims) => new OnnxBytes { Opset = 17 }.Input("x", dims);

    private static float[] Numbers(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private static void Same(OnnxBytes model) => Assert.InRange(OnnxOracle.CompareReals(model, 3), 0, 2e-5f);
}
