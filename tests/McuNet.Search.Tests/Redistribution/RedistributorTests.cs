using System.Linq;
using System.Text;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Search.Evaluation;
using McuNet.Search.Redistribution;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Redistribution;

/// <summary>The published figures for MobileNetV2 1.0 at 224 in 4 x 4 patches down to 28 x 28, and what the tool makes of it.</summary>
public sealed class RedistributorTests
{
    private static readonly SearchSpace Space = SpaceReader
        .Read(
            Encoding.UTF8.GetBytes(
                """
                { "version": 1, "name": "mobilenetv2", "resolutions": [224], "widths": [1.0], "input": { "channels": 3 }, "classes": 1000,
                  "rounding": { "divisor": 8, "minimum": 8, "keep": 0.9 }, "activation": "relu6", "stem": { "out": 32, "kernel": 3, "stride": 2 },
                  "first": { "out": 16, "kernel": [1, 3], "stride": 1 },
                  "stages": [ { "out": 24, "stride": 2, "depth": [1, 2], "kernel": [3], "expand": [6], "width": [1.0] },
                              { "out": 32, "stride": 2, "depth": [3], "kernel": [3], "expand": [6], "width": [1.0] },
                              { "out": 64, "stride": 2, "depth": [4], "kernel": [3, 5], "expand": [6], "width": [1.0] },
                              { "out": 96, "stride": 1, "depth": [3], "kernel": [3, 5], "expand": [6], "width": [1.0] },
                              { "out": 160, "stride": 2, "depth": [3], "kernel": [3], "expand": [6], "width": [1.0] },
                              { "out": 320, "stride": 1, "depth": [1], "kernel": [3], "expand": [6], "width": [1.0] } ],
                  "head": { "out": 1280 }, "residual": "stride1-equal" }
                """
            ),
            "mobilenetv2.json"
        )
        .Value;

    private static readonly Architecture Original = Network(firstKernel: 3, depth: 2);

    [Fact]
    public void Geometry_OfMobileNetV2_IsThePublishedOne()
    {
        var geometry = Patches.Geometry(Space, Original)!;

        Assert.Equal(75, geometry.Side);
        Assert.Equal(1.419, geometry.StageFactor, 0.0005);
        Assert.Equal(1.093, geometry.NetworkFactor, 0.0005);
    }

    [Fact]
    public void Geometry_OfRedistributedMobileNetV2_IsThePublishedOne()
    {
        var geometry = Patches.Geometry(Space, Network(firstKernel: 1, depth: 1))!;

        Assert.Equal(63, geometry.Side);
        Assert.Equal(1.183, geometry.StageFactor, 0.0005);
        Assert.Equal(1.031, geometry.NetworkFactor, 0.0005);
    }

    /// <summary>A wide kernel before the patches' end: what the compiler needs for it is mostly halo.</summary>
    [Fact]
    public void Propose_UnderABudgetThatForcesBands_GivesANetworkThatFitsWithLessComputedTwice()
    {
        var space = SpaceReader
            .Read(
                Encoding.UTF8.GetBytes(
                    """
                    { "version": 1, "name": "early", "resolutions": [96], "widths": [1.0], "input": { "channels": 1 }, "classes": 2,
                      "rounding": { "divisor": 8, "minimum": 8, "keep": 0.9 }, "activation": "relu6", "stem": { "out": 8, "kernel": 3, "stride": 2 },
                      "first": { "out": 8, "kernel": [1, 3], "stride": 1 },
                      "stages": [ { "out": 16, "stride": 2, "depth": [1, 2], "kernel": [3, 7], "expand": [6], "width": [1.0] },
                                  { "out": 24, "stride": 2, "depth": [2, 3], "kernel": [3, 5], "expand": [4], "width": [1.0] },
                                  { "out": 32, "stride": 2, "depth": [1, 2], "kernel": [3, 5, 7], "expand": [4], "width": [1.0] } ],
                      "head": { "out": 32 }, "residual": "stride1-equal" }
                    """
                ),
                "early.json"
            )
            .Value;
        var original = ArchitectureReader
            .Read(
                Encoding.UTF8.GetBytes(
                    """
                    {"resolution":96,"width":1,"first":{"kernel":3},"stages":[{"width":1,"blocks":[{"kernel":7,"expand":6}]},
                     {"width":1,"blocks":[{"kernel":3,"expand":4},{"kernel":5,"expand":4}]},{"width":1,"blocks":[{"kernel":3,"expand":4}]}]}
                    """
                ),
                space,
                "original.json"
            )
            .Value;
        var options = new CompileOptions
        {
            Name = "network",
            Device = DeviceDatabase.Find("nrf52840").Value,
            Budgets = new Budgets(17_000, 1 << 20),
        };
        var evaluator = new ResourceEvaluator(space, new EvaluationTarget(options, ScheduleMode.Bands));
        var moved = new Redistributor(space, PatchStage.Of(space, original)!).Propose(original)[^1];

        var (before, after) = (evaluator.Evaluate(original), evaluator.Evaluate(moved.Architecture));

        Assert.True(moved.ReceptiveField >= ReceptiveField.Of(space, original));
        Assert.True(
            before.SramBytes > options.SramBudget && after.SramBytes <= options.SramBudget,
            $"{before.SramBytes} bytes before, {after.SramBytes} after"
        );
        Assert.True(before.MacFactor > after.MacFactor && after.MacFactor > 1, $"{before.MacFactor} before, {after.MacFactor} after");
    }

    [Fact]
    public void Propose_ForMobileNetV2_FindsThePublishedStageAtTheSameReceptiveField()
    {
        var tool = new Redistributor(Space, Patches);
        var before = tool.Describe(Original)!;

        var proposals = tool.Propose(Original);

        var last = proposals[^1];
        Assert.Equal((1, 1), (last.Architecture.FirstKernel, last.Architecture.Stages[0].Blocks.Length));
        Assert.Equal(63, last.Geometry.Side);
        Assert.Equal(1.183, last.Geometry.StageFactor, 0.0005);
        Assert.All(proposals, p => Assert.True(p.ReceptiveField >= before.ReceptiveField));
        Assert.All(proposals, p => Assert.Null(Membership.WhyNot(Space, p.Architecture)));
        Assert.Equal(proposals.Select(p => p.HaloMacs).OrderDescending(), proposals.Select(p => p.HaloMacs));
        Assert.True(last.HaloMacs < before.HaloMacs / 2);
        Assert.Contains(last.Architecture.Stages.SelectMany(s => s.Blocks), b => b.Kernel == 5);
    }

    [Fact]
    public void Propose_WhereNothingCanBeAddedBack_ProposesNothing()
    {
        var full = Original with
        {
            Stages =
            [
                .. Original.Stages.Select((s, i) => i is 2 or 3 ? s with { Blocks = [.. s.Blocks.Select(b => b with { Kernel = 5 })] } : s),
            ],
        };

        Assert.Empty(new Redistributor(Space, Patches).Propose(full));
    }

    [Fact]
    public void ReceptiveField_OfMobileNetV2_IsTheSumOverItsLayers() => Assert.Equal(491, ReceptiveField.Of(Space, Original));

    private static PatchStage Patches => PatchStage.Of(Space, Original)!;

    private static Architecture Network(int firstKernel, int depth) =>
        new()
        {
            Resolution = 224,
            Width = 1,
            FirstKernel = firstKernel,
            Stages =
            [
                .. Space.Stages.Select(
                    (s, i) => new StageChoice(1, [.. Enumerable.Repeat(new BlockChoice(3, 6), i == 0 ? depth : s.Depth[^1])])
                ),
            ],
        };
}
