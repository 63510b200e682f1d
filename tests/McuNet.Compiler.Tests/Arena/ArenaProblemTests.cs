using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using Xunit;

namespace McuNet.Compiler.Tests.Arena;

public sealed class ArenaProblemTests
{
    [Fact]
    public void Below_DyingInputAndGrowingOutput_IsTheOverlayDistance()
    {
        var problem = ArenaProblem.Create([Buffers.Dying(0, 4, 10, 0, 0), Buffers.Growing(1, 4, 5, 0, 6)]);

        Assert.Equal(40, problem.Below((BufferId)0, (BufferId)1)?.Value);
        Assert.Equal(5, problem.Below((BufferId)1, (BufferId)0)?.Value);
    }

    [Fact]
    public void Below_BornAfterTheFrontDied_IsNegative()
    {
        var problem = ArenaProblem.Create([Buffers.Dying(0, 4, 10, 0, 0), Buffers.Whole(1, 5, 2, 4)]);

        Assert.Equal(-15, problem.Below((BufferId)1, (BufferId)0)?.Value);
    }

    [Fact]
    public void Below_NoStepInCommon_IsNull()
    {
        var problem = ArenaProblem.Create([Buffers.Whole(0, 4, 0, 2), Buffers.Whole(1, 4, 2, 3)]);

        Assert.Null(problem.Below((BufferId)0, (BufferId)1));
    }

    [Fact]
    public void Below_PointInsideBytes_KeepsItsPlace()
    {
        var problem = ArenaProblem.Create([Buffers.Whole(0, 4, 0, 2), Buffers.Of(1, 4, (0, 2, 0, 0), (2, 3, 0, 4))]);

        Assert.Equal(4, problem.Below((BufferId)0, (BufferId)1)?.Value);
        Assert.Equal(0, problem.Below((BufferId)1, (BufferId)0)?.Value);
    }

    [Fact]
    public void Below_Aligned_IsRoundedUp()
    {
        var problem = ArenaProblem.Create([Buffers.Whole(0, 5, 0, 2, alignment: 4), Buffers.Whole(1, 7, 0, 2, alignment: 8)]);

        Assert.Equal(8, problem.Below((BufferId)0, (BufferId)1)?.Value);
        Assert.Equal(8, problem.Below((BufferId)1, (BufferId)0)?.Value);
    }

    [Fact]
    public void Below_RandomBuffers_IsTheMaximumOverTheSteps()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var buffers = Buffers.Random(seed, 25, 50, 20).Select(b => b with { Alignment = 1, FixedOffset = null }).ToArray();
            var problem = ArenaProblem.Create(buffers);
            foreach (var a in buffers)
            {
                foreach (var b in buffers.Where(b => b != a))
                {
                    var distances = Enumerable
                        .Range(0, 20)
                        .Select(s => (A: a.ExtentAt((StepIndex)s), B: b.ExtentAt((StepIndex)s)))
                        .Where(p => p.A is not null && p.B is not null)
                        .Select(p => (int?)(p.A!.Value.Hi.Value - p.B!.Value.Lo.Value));
                    Assert.Equal(distances.Max(), problem.Below(a.Id, b.Id)?.Value);
                }
            }
        }
    }

    [Fact]
    public void FindPeak_TwoSteps_IsTheBusierWithLargestFirst()
    {
        var peak = ArenaProblem.Create([Buffers.Whole(0, 10, 0, 9), Buffers.Dying(1, 4, 10, 3, 3), Buffers.Whole(2, 15, 4, 6)]).FindPeak();

        Assert.Equal((4, 55), (peak.Step.Value, peak.LiveBytes.Value));
        Assert.Equal([1, 2, 0], peak.Buffers.Select(b => b.Id.Value));
        Assert.Equal((30, 40), (peak.Buffers[0].Live.Value, peak.Buffers[0].Size.Value));
    }

    [Fact]
    public void LowerBound_DeadFrontNobodyCanUse_IsCounted()
    {
        var problem = ArenaProblem.Create([Buffers.Of(0, 40, (0, 1, 20, 40)), Buffers.Of(1, 30, (0, 1, 10, 30))]);

        Assert.Equal(50, problem.LowerBound.Value);
        Assert.Equal(50, ArenaPlanner.Plan(problem).Total.Value);
    }

    [Fact]
    public void LowerBound_AlignmentLosses_AreCounted()
    {
        var problem = ArenaProblem.Create([.. Enumerable.Range(0, 4).Select(i => Buffers.Whole(i, 5, 0, 1, alignment: 8))]);

        Assert.Equal(29, problem.LowerBound.Value);
    }

    [Theory]
    [InlineData("power of two", 1)]
    [InlineData("out of order", 2)]
    [InlineData("without steps", 3)]
    [InlineData("ends before it begins", 4)]
    [InlineData("beyond its size", 5)]
    [InlineData("not aligned", 6)]
    [InlineData("shares its id", 7)]
    [InlineData("collides with the fixed buffer", 8)]
    [InlineData("no list of live extents", 9)]
    public void Create_Malformed_SaysWhich(string expected, int fault)
    {
        var good = Buffers.Whole(1, 8, 0, 4, alignment: 4, at: 0);
        ArenaBuffer bad = fault switch
        {
            1 => Buffers.Whole(0, 4, 0, 1, alignment: 3),
            2 => Buffers.Of(0, 4, (2, 4, 0, 4), (3, 5, 0, 4)),
            3 => Buffers.Of(0, 4, (2, 2, 0, 4)),
            4 => Buffers.Of(0, 4, (2, 3, 4, 3)),
            5 => Buffers.Of(0, 4, (2, 3, 0, 5)),
            6 => Buffers.Whole(0, 4, 0, 1, alignment: 4, at: 10),
            7 => good,
            8 => Buffers.Whole(0, 4, 0, 1, at: 5),
            _ => good with { Id = (BufferId)0, Extents = default(ImmutableArray<LiveExtent>) },
        };

        var exception = Assert.Throws<ArgumentException>(() => ArenaProblem.Create([good, bad]));
        Assert.Contains(expected, exception.Message);
    }

    [Fact]
    public void Create_TooLarge_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ArenaProblem.Create([Buffers.Whole(0, 1 << 28, 0, 1), Buffers.Whole(1, 1 << 28, 1, 2)]));
}
