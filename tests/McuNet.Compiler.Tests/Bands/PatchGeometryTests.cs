using System.Linq;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Tests.Networks;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Bands;

/// <summary>The published figures of patch-based inference (MCUNetV2): 4 x 4 patches over MobileNetV2 at 224, down to 28 x 28.</summary>
public sealed class PatchGeometryTests(ITestOutputHelper output)
{
    [Fact]
    public void Of_MobileNetV2_GivesThePublishedFigures() => AssertFigures(MobileNetV2.Build(1.0, 224), 75, 1.419, 1.093);

    [Fact]
    public void Of_RedistributedMobileNetV2_GivesThePublishedFigures() =>
        AssertFigures(MobileNetV2.Redistributed(1.0, 224), 63, 1.183, 1.031);

    [Fact]
    public void Of_OnePatch_CostsNothing()
    {
        var graph = MobileNetV2.Build(0.35, 96);
        var geometry = PatchGeometry.Of(graph, 0, StageEnd(graph, 12), 1)!;
        Assert.Equal(geometry.StageMacs, geometry.ClampedMacs);
    }

    [Fact]
    public void Of_StageWithGlobalPooling_IsImpossible()
    {
        var graph = MobileNetV2.Build(0.35, 96);
        Assert.Null(PatchGeometry.Of(graph, 0, graph.Nodes.Length, 2));
    }

    private void AssertFigures(NetworkGraph graph, int side, double stage, double network)
    {
        var geometry = PatchGeometry.Of(graph, 0, StageEnd(graph, 28), 4)!;
        output.WriteLine($"{geometry} stage {geometry.StageFactor:0.0000} network {geometry.NetworkFactor:0.0000}");
        Assert.Equal(side, geometry.Side);
        Assert.Equal(stage, geometry.StageFactor, 0.0005);
        Assert.Equal(network, geometry.NetworkFactor, 0.0005);
    }

    /// <summary>Behind the first block whose result has so many rows: the projection, which is the second of three nodes after the
    /// depthwise layer.</summary>
    private static int StageEnd(NetworkGraph graph, int height) =>
        graph.Nodes.First(n => n.Operator.Kind == "DepthwiseConv2D" && graph[n.Output].Type.Shape.Height == height).Id.Value + 2;
}
