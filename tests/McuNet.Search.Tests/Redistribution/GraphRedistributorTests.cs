using System.Linq;
using System.Text;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Search.Evaluation;
using McuNet.Search.Redistribution;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Redistribution;

/// <summary>The published figures for MobileNetV2 1.0 at 224, found on the network itself, without a search space that says what may
/// change.</summary>
public sealed class GraphRedistributorTests
{
    private static readonly SearchSpace Space = SpaceReader
        .Read(
            Encoding.UTF8.GetBytes(
                """
                { "version": 1, "name": "mobilenetv2", "resolutions": [224], "widths": [1.0], "input": { "channels": 3 }, "classes": 1000,
                  "rounding": { "divisor": 8, "minimum": 8, "keep": 0.9 }, "activation": "relu6", "stem": { "out": 32, "kernel": 3, "stride": 2 },
                  "first": { "out": 16, "kernel": [3], "stride": 1 },
                  "stages": [ { "out": 24, "stride": 2, "depth": [2], "kernel": [3], "expand": [6], "width": [1.0] },
                              { "out": 32, "stride": 2, "depth": [3], "kernel": [3], "expand": [6], "width": [1.0] },
                              { "out": 64, "stride": 2, "depth": [4], "kernel": [3], "expand": [6], "width": [1.0] },
                              { "out": 96, "stride": 1, "depth": [3], "kernel": [3], "expand": [6], "width": [1.0] },
                              { "out": 160, "stride": 2, "depth": [3], "kernel": [3], "expand": [6], "width": [1.0] },
                              { "out": 320, "stride": 1, "depth": [1], "kernel": [3], "expand": [6], "width": [1.0] } ],
                  "head": { "out": 1280 }, "residual": "stride1-equal" }
                """
            ),
            "mobilenetv2.json"
        )
        .Value;

    private static readonly Architecture Original = new()
    {
        Resolution = 224,
        Width = 1,
        FirstKernel = 3,
        Stages = [.. Space.Stages.Select(s => new StageChoice(1, [.. Enumerable.Repeat(new BlockChoice(3, 6), s.Depth[0])]))],
    };

    private static readonly NetworkGraph Network = ArchitectureGraph.Of(Space, Original);

    [Fact]
    public void StageEnd_OfMobileNetV2_IsThePublishedOne()
    {
        Assert.Equal("stages.1.blocks.0.project", GraphRedistributor.StageEnd(Network));
        Assert.Equal(4, GraphRedistributor.Patches(Network, "stages.1.blocks.0.project"));
    }

    /// <summary>The field of 27 is 1 + 2 (stem) + 2 * 2 + 2 * 2 + 2 * 4 + 2 * 4; a patch of 7 rows of 8 reads 48 + 27 = 75, and 19 beyond
    /// its 56.</summary>
    [Fact]
    public void Describe_MobileNetV2_GivesThePublishedFigures()
    {
        var start = Start();

        Assert.Equal((75, 19, 7), (start.Geometry.Side, start.HaloRows, start.Share));
        Assert.Equal((new GraphField(27, 8), 491), (start.Stage, start.Field));
        Assert.Equal(1.419, start.Geometry.StageFactor, 0.0005);
        Assert.Equal(1.093, start.Geometry.NetworkFactor, 0.0005);
    }

    [Fact]
    public void Propose_MobileNetV2_EndsAtThePublishedFigures()
    {
        var proposals = GraphRedistributor.Propose(Start(), Last, 4);

        var end = proposals[^1];
        Assert.Equal(63, end.Geometry.Side);
        Assert.Equal(1.183, end.Geometry.StageFactor, 0.0005);
        Assert.Equal(1.031, end.Geometry.NetworkFactor, 0.0005);
        Assert.Contains(new KernelEdit("first.depthwise", 3, 1), end.Edits);
        Assert.Contains(new BlockEdit("stages.0.blocks.1.project.add"), end.Edits);
        Assert.All(proposals, p => Assert.True(p.Field >= 491));
        Assert.All(proposals, p => Assert.Null(GraphVerifier.Check(p.Graph, "redistribution")));
        Assert.Equal(proposals.Select(p => p.HaloMacs).OrderDescending(), proposals.Select(p => p.HaloMacs));
    }

    /// <summary>A kernel whose columns are not padded cannot become smaller without another width behind it, nor take padding away that is
    /// not there.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(2, 0)]
    public void Edits_KernelWithoutPaddingOfColumns_StaysAsItIs(int left, int right)
    {
        var at = Network.Nodes.First(n => n.Operator is DepthwiseConv2D { Window.StrideHeight: 1 });
        var op = (DepthwiseConv2D)at.Operator;
        var graph = Network with
        {
            Nodes = Network.Nodes.SetItem(
                at.Id.Value,
                at with
                {
                    Operator = op with { Window = op.Window with { PadLeft = left, PadRight = right } },
                }
            ),
        };

        Assert.Contains(GraphEdits.Reductions(Network, Network.Nodes.Length), e => e.Edit.Node == at.Name);
        Assert.DoesNotContain(GraphEdits.Reductions(graph, graph.Nodes.Length), e => e.Edit.Node == at.Name);
        Assert.DoesNotContain(GraphEdits.Enlargements(graph, 0), e => e.Edit.Node == at.Name);
    }

    /// <summary>What the space's own redistribution computes of the same architecture.</summary>
    [Fact]
    public void Propose_Networks_AreThoseOfASpaceThatIsWritten()
    {
        var (space, networks, whyNot) = ResidualNetwork.SpaceOf(
            "mobilenetv2",
            [Network, .. GraphRedistributor.Propose(Start(), Last, 4).Select(p => p.Graph)]
        );

        Assert.Null(whyNot);
        Assert.Equal(Original, networks[0]);
        Assert.Equal((1, 1), (networks[^1].FirstKernel, networks[^1].Stages[0].Blocks.Length));
        var read = SpaceReader.Read(Encoding.UTF8.GetBytes(SpaceWriter.Write(space!).ToJsonString()), "written.json").Value;
        Assert.All(networks, n => Assert.Null(Membership.WhyNot(read, n)));
        Assert.Equal(63, new PatchStage(1, 1, 4).Geometry(read, networks[^1])!.Side);
        Assert.Equal(ReceptiveField.Of(read, networks[^1]), GraphRedistributor.Propose(Start(), Last, 4)[^1].Field);
    }

    [Fact]
    public void SpaceOf_OtherNetworks_SaysWhatIsInTheWay()
    {
        var cut = Network with { Nodes = Network.Nodes[1..] };

        Assert.Equal("it does not begin with a convolution", ResidualNetwork.SpaceOf("cut", [cut]).WhyNot);
    }

    [Fact]
    public void Write_Presets_ReadAsTheyWere() =>
        Assert.All(
            SpacePresets.All,
            space =>
            {
                var text = SpaceWriter.Write(space).ToJsonString();
                var read = SpaceReader.Read(Encoding.UTF8.GetBytes(text), "preset.json").Value;

                Assert.Equal(text, SpaceWriter.Write(read).ToJsonString());
                Assert.Equal(space.Networks, read.Networks);
            }
        );

    private const string Last = "stages.1.blocks.0.project";

    private static GraphDistribution Start() => GraphRedistributor.Describe(Network, Last, 4)!;
}
