using System;
using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Operators that are others one after the other, and those whose dimensions are no image's, against ONNX Runtime.</summary>
public sealed class DecompositionTests
{
    private const float Tolerance = 1e-5f;

    [OnnxRuntimeTheory]
    [InlineData("Hardmax", "3 4 5", "axis=0")]
    [InlineData("Hardmax", "2 3 4 5", "axis=1")]
    [InlineData("Hardmax", "1 6", "")]
    [InlineData("MeanVarianceNormalization", "2 3 4 5", "")]
    [InlineData("LRN", "2 5 3 4", "size=3")]
    [InlineData("LRN", "1 7 5 5", "size=5")]
    [InlineData("Det", "3 3 3", "")]
    [InlineData("Det", "4 4", "")]
    [InlineData("DFT", "1 10 6 1", "axis=1")]
    [InlineData("DFT", "2 9 2", "axis=1 inverse=1")]
    [InlineData("DFT", "1 8 1", "axis=1 onesided=1")]
    [InlineData("ReduceProd", "2 3 4 5", "keepdims=0")]
    [InlineData("ReduceLogSumExp", "2 3 4 5", "")]
    [InlineData("ReduceMean", "2 3 4 5", "keepdims=1")]
    [InlineData("Softmax", "2 3 4 5", "axis=1")]
    [InlineData("LogSoftmax", "2 3 4 5", "axis=2")]
    [InlineData("SpaceToDepth", "2 3 4 6", "blocksize=2")]
    [InlineData("DepthToSpace", "2 8 3 2", "blocksize=2")]
    public void Evaluate_OneOperand_IsThatOfOnnxRuntime(string op, string dims, string attributes) =>
        Same(Start(dims).Node(op, "x", "y", Attributes(attributes)).Output("y"));

    /// <summary>After a reshape a dimension is a part of an axis, whose other part is none of what is reduced.</summary>
    [OnnxRuntimeTheory]
    [InlineData("ReduceSum")]
    [InlineData("ReduceMax")]
    [InlineData("ReduceMean")]
    [InlineData("ReduceLogSumExp")]
    public void Evaluate_ReductionOverPartOfAnAxis_IsThatOfOnnxRuntime(string op)
    {
        var model = Start("2 3 4 5").Tensor("to", OnnxType.Int64, [2], 2L, 60L).Node("Reshape", "x to", "r");
        Same(
            (
                op == "ReduceSum"
                    ? model.Tensor("axes", OnnxType.Int64, [1], 1L).Node(op, "r axes", "y")
                    : model.Node(op, "r", "y", ("axes", new[] { 1 }))
            ).Output("y")
        );
    }

    [OnnxRuntimeTheory]
    [InlineData("1 12 8", 2)]
    [InlineData("2 3 4 5", 1)]
    [InlineData("2 3 4 5", 2)]
    [InlineData("3 4 5", -1)]
    [InlineData("3 4", 0)]
    public void Evaluate_MomentsOfALayerNormalization_AreThoseOfOnnxRuntime(string dims, int axis)
    {
        var shape = dims.Split(' ').Select(int.Parse).ToArray();
        var normalized = shape[(axis < 0 ? axis + shape.Length : axis)..];
        var gain = Enumerable.Range(0, normalized.Aggregate(1, (a, b) => a * b)).Select(i => 0.5f + i % 7 * 0.2f).ToArray();
        Same(
            Start(dims)
                .Tensor("g", OnnxType.Float, normalized, gain)
                .Tensor("b", OnnxType.Float, normalized, gain)
                .Node("LayerNormalization", "x g b", "y m v", ("axis", axis))
                .Output("y")
                .Output("m")
                .Output("v")
        );
    }

    /// <summary>Scale, bias and limits that the network computes, or one of them.</summary>
    [OnnxRuntimeTheory]
    [InlineData("2 3 4 5", 2, true)]
    [InlineData("2 3 4 5", 1, false)]
    [InlineData("1 6", -1, true)]
    public void Evaluate_LayerNormalizationByActivations_IsThatOfOnnxRuntime(string dims, int axis, bool both)
    {
        var shape = dims.Split(' ').Select(int.Parse).ToArray()[(axis < 0 ? ^-axis : axis)..];
        var model = Start(dims).Input("g", [.. shape.Select(d => (long)d)]);
        var numbers = Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => i % 5 * 0.25f).ToArray();
        model = both ? model.Input("b", [.. shape.Select(d => (long)d)]) : model.Tensor("b", OnnxType.Float, shape, numbers);
        Same(model.Node("LayerNormalization", "x g b", "y m", ("axis", axis)).Output("y").Output("m"));
    }

    [OnnxRuntimeTheory]
    [InlineData("x l h")]
    [InlineData("x - h")]
    [InlineData("x l")]
    [InlineData("x c h")]
    public void Evaluate_ClipByActivations_IsThatOfOnnxRuntime(string operands) =>
        Same(
            Start("2 3 4")
                .Input("l")
                .Input("h")
                .Float("c", -0.5f)
                .Node("Clip", operands, "y")
                .Node("Sum", "l h", "s")
                .Node("Add", "y s", "z")
                .Output("z")
        );

    [OnnxRuntimeTheory]
    [InlineData("BatchNormalization", "3 4 5 2")]
    [InlineData("BatchNormalization", "3 4")]
    [InlineData("InstanceNormalization", "3 4 5 2")]
    public void Evaluate_NormalizationOfABatch_IsThatOfOnnxRuntime(string op, string dims)
    {
        var model = Start(dims)
            .Float("g", 0.8f, -0.6f, 1.3f, 0.4f)
            .Float("b", 0.1f, 0, -0.3f, 0.2f)
            .Float("m", 0.05f, -0.2f, 0.3f, 0)
            .Float("v", 1.2f, 0.7f, 0.4f, 1);
        Same(model.Node(op, op == "BatchNormalization" ? "x g b m v" : "x g b", "y").Output("y"));
    }

    /// <summary>Channels [-1 1 -1 1] and [1 3 1 3] have the means 0 and 2 and the variance 1; a tenth of them goes into running ones of 1
    /// and 10.</summary>
    [Fact]
    public void Evaluate_BatchNormalizationInTraining_GivesRunningMoments()
    {
        var model = new OnnxBytes { Opset = 15 }
            .Input("x", 2, 2, 2)
            .Float("g", 1, 2)
            .Float("b", 0, 1)
            .Float("m", 1, 1)
            .Float("v", 10, 10)
            .Node("BatchNormalization", "x g b m v", "y rm rv", ("training_mode", 1), ("epsilon", 0f))
            .Output("y")
            .Output("rm")
            .Output("rv");
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        var input = new Compiler.Graph.TensorData(graph[graph.Inputs[0].Tensor].Type);
        var results = Compiler.Graph.ReferenceEvaluator.Run(graph, [Stored(input, graph)]);
        float[] Of(int i) =>
            [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Golden.ToOnnx(results[i].Bytes, graph, graph.Outputs[i]))];
        Assert.Equal([-1, 1, -1, 3, -1, 1, -1, 3], Of(0).Select(v => MathF.Round(v, 4)));
        Assert.Equal([0.9f, 1.1f], Of(1).Select(v => MathF.Round(v, 5)));
        Assert.Equal([9.1f, 9.1f], Of(2).Select(v => MathF.Round(v, 5)));

        static Compiler.Graph.TensorData Stored(Compiler.Graph.TensorData data, Compiler.Graph.NetworkGraph graph)
        {
            float[] values = [-1, 1, 1, 3, -1, 1, 1, 3];
            return new(
                data.Type,
                Golden.ToStored(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), graph, graph.Inputs[0])
            );
        }
    }

    [OnnxRuntimeTheory]
    [InlineData(-1, 5)]
    [InlineData(0, 3)]
    [InlineData(1, 4)]
    public void Evaluate_OneHot_IsThatOfOnnxRuntime(int axis, int depth) =>
        Same(
            Start("3 7")
                .Node("Round", "x", "i")
                .Float("d", depth)
                .Float("v", -0.5f, 2)
                .Node("OneHot", "i d v", "y", ("axis", axis))
                .Output("y")
        );

    [OnnxRuntimeTheory]
    [InlineData(1f, 1f, 0, 0, "4 6")]
    [InlineData(0.5f, 2f, 1, 0, "6")]
    [InlineData(2f, 0.25f, 0, 1, "4 1")]
    public void Evaluate_GemmOfActivations_IsThatOfOnnxRuntime(float alpha, float beta, int first, int second, string addend) =>
        Same(
            new OnnxBytes()
                .Input("a", first == 0 ? [4, 5] : [5, 4])
                .Input("b", second == 0 ? [5, 6] : [6, 5])
                .Input("c", [.. addend.Split(' ').Select(long.Parse)])
                .Node("Gemm", "a b c", "y", ("alpha", alpha), ("beta", beta), ("transA", first), ("transB", second))
                .Output("y")
        );

    [OnnxRuntimeFact]
    public void Evaluate_GemmWithAMatrixAsBias_IsThatOfOnnxRuntime() =>
        Same(
            Start("4 5")
                .Tensor("w", OnnxType.Float, [5, 2], [.. Enumerable.Range(0, 10).Select(i => i * 0.1f - 0.4f)])
                .Tensor("b", OnnxType.Float, [4, 2], [.. Enumerable.Range(0, 8).Select(i => i * 0.3f)])
                .Node("Gemm", "x w b", "y")
                .Output("y")
        );

    [OnnxRuntimeTheory]
    [InlineData("2 3 4", "2 3 4")]
    [InlineData("2 3 4", "4")]
    public void Evaluate_PowerOfTensors_IsThatOfOnnxRuntime(string dims, string exponents) =>
        Same(
            Start(dims).Input("e", [.. exponents.Split(' ').Select(long.Parse)]).Node("Abs", "x", "a").Node("Pow", "a e", "y").Output("y")
        );

    [OnnxRuntimeFact]
    public void Evaluate_RemainderOfTensors_IsThatOfOnnxRuntime() =>
        Same(Start("2 3 4").Input("d", 2, 3, 4).Node("Mod", "x d", "y", ("fmod", 1)).Output("y"));

    [Fact]
    public void Import_RemainderOfIntegers_IsRefused() =>
        Assert.Contains(
            ModelImporter.Import(Start("2 3").Input("d", 2, 3).Node("Mod", "x d", "y").Output("y").Read(), "net").Diagnostics,
            d => d.Id == "MCU1004"
        );

    [Fact]
    public void Import_DeterminantOfALargeMatrix_IsRefused() =>
        Assert.Contains(
            ModelImporter.Import(Start("5 5").Node("Det", "x", "y").Output("y").Read(), "net").Diagnostics,
            d => d.Id == "MCU1006"
        );

    /// <summary>Results that nothing reads cost nothing.</summary>
    [Fact]
    public void Import_MomentsThatNothingReads_AreNotComputed() =>
        Assert.IsType<Normalization>(
            Assert
                .Single(
                    ModelCompiler
                        .Network(
                            Start("1 12 8")
                                .Float("g", 1, 1, 1, 1, 1, 1, 1, 1)
                                .Node("LayerNormalization", "x g", "y m v")
                                .Output("y")
                                .Read(),
                            "net"
                        )
                        .Value.Nodes
                )
                .Operator
        );

    private static void Same(OnnxBytes model) => Assert.InRange(OnnxOracle.CompareReals(model, 3), 0, Tolerance);

    private static OnnxBytes Start(string dims) => new OnnxBytes { Opset = 17 }.Input("x", [.. dims.Split(' ').Select(long.Parse)]);

    private static (string, object)[] Attributes(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(a => a.Split('='))
                .Select(a => (a[0], (object)int.Parse(a[1], System.Globalization.CultureInfo.InvariantCulture))),
        ];
}
