using System;
using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>What opsets 18 to 24 brought or changed, which the suite does not have yet, against ONNX Runtime.</summary>
public sealed class LaterOpsetTests
{
    private const float Tolerance = 1e-5f;

    [OnnxRuntimeTheory]
    [InlineData(18, "Mish", "2 3 4", "")]
    [InlineData(20, "Gelu", "2 3 4", "")]
    [InlineData(20, "Gelu", "2 3 4", "approximate=tanh")]
    [InlineData(18, "ReduceMean", "1 3 4 5", "keepdims=0")]
    [InlineData(22, "Cos", "3 4", "")]
    [InlineData(22, "HardSwish", "3 4", "")]
    [InlineData(22, "AveragePool", "1 2 6 6", "")]
    public void Evaluate_OneOperand_IsThatOfOnnxRuntime(int opset, string op, string dims, string attributes) =>
        Same(
            Start(opset, dims)
                .Node(op, "x", "y", op == "AveragePool" ? [("kernel_shape", new[] { 2, 3 })] : Attributes(attributes))
                .Output("y")
        );

    /// <summary>Before opset 21 a group has one scale, from then on a channel.</summary>
    [OnnxRuntimeTheory]
    [InlineData(18, 3)]
    [InlineData(21, 6)]
    public void Evaluate_GroupNormalization_IsThatOfOnnxRuntime(int opset, int scales)
    {
        float[] Numbers(int phase) => [.. Enumerable.Range(0, scales).Select(i => 0.5f + (i + phase) % 4 * 0.3f)];
        Same(
            Start(opset, "2 6 3 4")
                .Float("g", Numbers(0))
                .Float("b", Numbers(1))
                .Node("GroupNormalization", "x g b", "y", ("num_groups", 3))
                .Output("y")
        );
    }

    [OnnxRuntimeTheory]
    [InlineData("2 5 8", -1)]
    [InlineData("2 3 4 5", 2)]
    [InlineData("3 4", 0)]
    public void Evaluate_RmsNormalization_IsThatOfOnnxRuntime(string dims, int axis)
    {
        var normalized = dims.Split(' ').Select(int.Parse).ToArray()[(axis < 0 ? ^-axis : axis)..];
        float[] gain = [.. Enumerable.Range(0, normalized.Aggregate(1, (a, b) => a * b)).Select(i => 0.5f + i % 7 * 0.2f)];
        Same(
            Start(23, dims).Tensor("g", OnnxType.Float, normalized, gain).Node("RMSNormalization", "x g", "y", ("axis", axis)).Output("y")
        );
    }

    [OnnxRuntimeTheory]
    [InlineData("ReduceL1", 1L)]
    [InlineData("ReduceL2", 1L, 2L)]
    [InlineData("ReduceLogSumExp", 2L)]
    [InlineData("ReduceMax", 1L, 3L)]
    [InlineData("ReduceMean", -1L)]
    [InlineData("ReduceProd", 2L)]
    [InlineData("ReduceSumSquare", 0L, 1L)]
    public void Evaluate_ReductionWithAxesAsOperand_IsThatOfOnnxRuntime(string op, params long[] axes) =>
        Same(Start(18, "2 3 4 5").Tensor("axes", OnnxType.Int64, [axes.Length], axes).Node(op, "x axes", "y").Output("y"));

    [OnnxRuntimeTheory]
    [InlineData(18, "linear", "half_pixel")]
    [InlineData(19, "nearest", "half_pixel")]
    [InlineData(19, "linear", "half_pixel_symmetric")]
    [InlineData(19, "cubic", "half_pixel")]
    public void Evaluate_ResizeOfSomeAxes_IsThatOfOnnxRuntime(int opset, string mode, string transformation) =>
        Same(
            Start(opset, "1 3 5 6")
                .Tensor("size", OnnxType.Int64, [2], 8L, 9L)
                .Node(
                    "Resize",
                    "x - - size",
                    "y",
                    ("axes", new[] { 2, 3 }),
                    ("mode", mode),
                    ("coordinate_transformation_mode", transformation)
                )
                .Output("y")
        );

    [Fact]
    public void Import_ResizeWithAntialias_IsRefused() =>
        Refused(
            Start(18, "1 3 5 6")
                .Tensor("size", OnnxType.Int64, [2], 3L, 4L)
                .Node("Resize", "x - - size", "y", ("axes", new[] { 2, 3 }), ("mode", "linear"), ("antialias", 1))
                .Output("y")
        );

    [OnnxRuntimeTheory]
    [InlineData("constant")]
    [InlineData("reflect")]
    [InlineData("wrap")]
    public void Evaluate_PadOfSomeAxes_IsThatOfOnnxRuntime(string mode) =>
        Same(
            Start(19, "1 3 5 6")
                .Tensor("pads", OnnxType.Int64, [4], 1L, 2L, 2L, 0L)
                .Float("v", 0.5f)
                .Tensor("axes", OnnxType.Int64, [2], 1L, 3L)
                .Node("Pad", "x pads v axes", "y", ("mode", mode))
                .Output("y")
        );

    [OnnxRuntimeFact]
    public void Evaluate_SplitIntoANumberOfOutputs_IsThatOfOnnxRuntime() =>
        Same(
            Start(18, "2 7 3").Node("Split", "x", "a b c", ("axis", 1), ("num_outputs", 3)).Node("Relu", "c", "d").Output("a").Output("d")
        );

    /// <summary>Blocks of three along the inputs of a layer, the last of them shorter.</summary>
    [OnnxRuntimeFact]
    public void Evaluate_WeightsOfBlocks_AreThoseOfOnnxRuntime()
    {
        sbyte[] weights = [.. Enumerable.Range(0, 7 * 4).Select(i => (sbyte)(i * 37 % 200 - 100))];
        float[] scales = [.. Enumerable.Range(0, 3 * 4).Select(i => 0.01f + i * 0.002f)];
        sbyte[] zeros = [.. Enumerable.Range(0, 3 * 4).Select(i => (sbyte)(i % 5 - 2))];
        Same(
            Start(21, "3 7")
                .Tensor("w", OnnxType.Int8, [7, 4], weights)
                .Tensor("s", OnnxType.Float, [3, 4], scales)
                .Tensor("z", OnnxType.Int8, [3, 4], zeros)
                .Node("DequantizeLinear", "w s z", "d", ("axis", 0), ("block_size", 3))
                .Node("MatMul", "x d", "y")
                .Output("y")
        );
    }

    [Fact]
    public void Import_BlocksOfOtherScales_AreReported() =>
        Refused(
            Start(21, "3 7")
                .Tensor("w", OnnxType.Int8, [7, 4], new sbyte[28])
                .Tensor("s", OnnxType.Float, [2, 4], [.. Enumerable.Repeat(1f, 8)])
                .Node("DequantizeLinear", "w s", "d", ("axis", 0), ("block_size", 3))
                .Node("MatMul", "x d", "y")
                .Output("y")
        );

    /// <summary>Heads in a dimension of their own or within the features, shared keys, causal and constant masks, a bound.</summary>
    [OnnxRuntimeTheory]
    [InlineData("1 3 5 4", "1 3 6 4", "")]
    [InlineData("1 4 5 8", "1 2 6 8", "softcap=2")]
    [InlineData("1 2 5 4", "1 2 5 4", "is_causal=1")]
    [InlineData("1 5 12", "1 6 12", "q_num_heads=3 kv_num_heads=3")]
    public void Evaluate_Attention_IsThatOfOnnxRuntime(string query, string keys, string attributes) =>
        Same(
            Start(23, query)
                .Input("k", Dims(keys))
                .Input("v", Dims(keys))
                .Node(
                    "Attention",
                    "x k v",
                    "y",
                    [.. Attributes(attributes).Select(a => a.Item1 == "softcap" ? (a.Item1, (object)(float)(int)a.Item2) : a)]
                )
                .Output("y")
        );

    [OnnxRuntimeFact]
    public void Evaluate_AttentionWithAMask_IsThatOfOnnxRuntime()
    {
        float[] mask = [.. Enumerable.Range(0, 30).Select(i => i % 7 == 3 ? float.NegativeInfinity : i % 3 * 0.25f)];
        Same(
            Start(23, "1 2 5 4")
                .Input("k", 1, 2, 6, 4)
                .Input("v", 1, 2, 6, 4)
                .Tensor("m", OnnxType.Float, [5, 6], mask)
                .Node("Attention", "x k v m", "y")
                .Output("y")
        );
    }

    [Fact]
    public void Import_AttentionOfABatch_IsRefused() =>
        Assert.Contains(
            ModelImporter.Import(Start(23, "2 3 5 4").Node("Attention", "x x x", "y").Output("y").Read(), "net").Diagnostics,
            d => d.Id == "MCU1006"
        );

    private static void Refused(OnnxBytes model) =>
        Assert.Contains(ModelImporter.Import(model.Read(), "net").Diagnostics, d => d.Id is "MCU1004" or "MCU1006");

    private static void Same(OnnxBytes model) => Assert.InRange(OnnxOracle.CompareReals(model, 3), 0, Tolerance);

    private static long[] Dims(string text) => [.. text.Split(' ').Select(long.Parse)];

    private static OnnxBytes Start(int opset, string dims) => new OnnxBytes { Opset = opset }.Input("x", Dims(dims));

    private static (string, object)[] Attributes(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(a => a.Split('='))
                .Select(a => (a[0], int.TryParse(a[1], out var number) ? (object)number : a[1])),
        ];
}
