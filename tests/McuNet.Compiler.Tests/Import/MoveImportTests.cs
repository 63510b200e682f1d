using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>What exporters write for moved values becomes the operator that moves them, and gives what ONNX Runtime gives.</summary>
public sealed class MoveImportTests
{
    [OnnxRuntimeFact]
    public void Import_ReshapedAndTransposedGroups_AreShuffledChannels() =>
        AssertKinds(
            ["SelectChannels"],
            Start(1, 8, 4, 6)
                .Tensor("groups", OnnxType.Int64, [5], 1L, 2, 4, 4, 6)
                .Tensor("back", OnnxType.Int64, [4], 1L, 8, 4, 6)
                .Node("Reshape", "d groups", "g")
                .Node("Transpose", "g", "t", ("perm", new[] { 0, 2, 1, 3, 4 }))
                .Node("Reshape", "t back", "r")
        );

    [OnnxRuntimeTheory]
    [InlineData("DCR")]
    [InlineData("CRD")]
    public void Import_DepthToSpace_GoesByRows(string mode)
    {
        var model = Finish(Start(1, 8, 4, 6).Node("DepthToSpace", "d", "r", ("blocksize", 2), ("mode", mode)));
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        Assert.Equal(8, graph.Nodes.Single().Operator.Rows(graph.TypesOf(graph.Nodes[0])).Steps);
        Assert.Equal(0, OnnxOracle.Compare(model, 1).Mismatches);
    }

    [OnnxRuntimeFact]
    public void Import_PixelShuffleInParts_IsOneOperator() =>
        AssertKinds(
            ["Permute"],
            Start(1, 8, 4, 6)
                .Tensor("parts", OnnxType.Int64, [6], 1L, 2, 2, 2, 4, 6)
                .Tensor("back", OnnxType.Int64, [4], 1L, 2, 8, 12)
                .Node("Reshape", "d parts", "g")
                .Node("Transpose", "g", "t", ("perm", new[] { 0, 1, 4, 2, 5, 3 }))
                .Node("Reshape", "t back", "r")
        );

    /// <summary>Boxes of two scales, each [1, C, H, W] to [1, N, 4]: the reshapes cost nothing.</summary>
    [OnnxRuntimeFact]
    public void Import_BoxesOfADetectionHead_AreJoinedAsTheyLie() =>
        AssertKinds(
            ["MaxPool", "MaxPool", "Concat"],
            Start(1, 8, 8, 8)
                .Tensor("boxes", OnnxType.Int64, [3], 1L, -1, 4)
                .Node("MaxPool", "d", "a", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }))
                .Node("MaxPool", "d", "b", ("kernel_shape", new[] { 4, 4 }), ("strides", new[] { 4, 4 }))
                .Node("Transpose", "a", "at", ("perm", new[] { 0, 2, 3, 1 }))
                .Node("Transpose", "b", "bt", ("perm", new[] { 0, 2, 3, 1 }))
                .Node("Reshape", "at boxes", "ar")
                .Node("Reshape", "bt boxes", "br")
                .Node("Concat", "ar br", "r", ("axis", 1))
        );

    [OnnxRuntimeFact]
    public void Import_ConcatWithAConstantOfOneNumber_IsPadding() =>
        AssertKinds(
            ["Pad"],
            Start(1, 3, 4, 6)
                .Tensor("zeros", OnnxType.Float, [1, 2, 4, 6], new float[48])
                .Node("Concat", "zeros d zeros", "r", ("axis", 1)),
            2
        );

    [OnnxRuntimeFact]
    public void Import_WeightsThroughQuantizeLinear_AreQuantisedWhenRead() =>
        AssertKinds(
            ["Conv2D"],
            Start(1, 3, 4, 6)
                .Tensor("w", OnnxType.Float, [2, 3, 1, 1], 0.31f, -0.2f, 0.12f, 1f, 0.05f, -0.77f)
                .Float("ws", 0.01f, 0.02f)
                .Tensor("wz", OnnxType.Int8, [2], (sbyte)0, (sbyte)0)
                .Node("QuantizeLinear", "w ws wz", "wq", ("axis", 0))
                .Node("DequantizeLinear", "wq ws wz", "wd", ("axis", 0))
                .Node("Conv", "d wd", "r")
        );

    [OnnxRuntimeFact]
    public void Import_InputOfFiveDimensions_IsStoredAsItIs()
    {
        var model = Finish(Start(1, 2, 3, 4, 5).Node("Transpose", "d", "r", ("perm", new[] { 0, 1, 3, 2, 4 })));
        var port = ModelCompiler.Network(model.Read(), "net").Value.Inputs[0];
        Assert.True(port.StoredOrder);
        Assert.Equal(0, OnnxOracle.Compare(model, 1).Mismatches);
    }

    /// <summary>Added between quantised values, rounded with the result.</summary>
    [OnnxRuntimeFact]
    public void Import_PadWithANumberBetweenTwoSteps_RoundsItWithTheResult() =>
        AssertKinds(
            ["Rescale", "Pad"],
            new OnnxBytes()
                .Input("x", 1, 2, 4, 4)
                .Float("s", 0.07f)
                .Zero("z", 3)
                .Float("t", 0.11f)
                .Tensor("pads", OnnxType.Int64, [8], 0L, 0, 1, 1, 0, 0, 1, 1)
                .Float("fill", 0.5f)
                .Node("QuantizeLinear", "x s z", "q")
                .Node("DequantizeLinear", "q s z", "d")
                .Node("Pad", "d pads fill", "p")
                .Node("QuantizeLinear", "p t z", "pq")
                .Node("DequantizeLinear", "pq t z", "y")
                .Output("y"),
            -1
        );

    private static OnnxBytes Start(params long[] dims) =>
        new OnnxBytes()
            .Input("x", dims)
            .Float("s", 0.1f)
            .Zero("z", 3)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    private static OnnxBytes Finish(OnnxBytes model) =>
        model.Node("QuantizeLinear", "r s z", "oq").Node("DequantizeLinear", "oq s z", "y").Output("y");

    /// <param name="repeated">How often the kinds come, or -1 where the model ends already.</param>
    private static void AssertKinds(IEnumerable<string> kinds, OnnxBytes model, int repeated = 1)
    {
        var whole = repeated < 0 ? model : Finish(model);
        Assert.Equal(
            Enumerable.Repeat(kinds, System.Math.Abs(repeated)).SelectMany(k => k),
            ModelCompiler.Network(whole.Read(), "net").Value.Nodes.Select(n => n.Operator.Kind)
        );
        Assert.Equal(0, OnnxOracle.Compare(whole, 1).Mismatches);
    }
}
