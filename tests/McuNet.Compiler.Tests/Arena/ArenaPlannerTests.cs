using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Arena;
using Xunit;

namespace McuNet.Compiler.Tests.Arena;

public sealed class ArenaPlannerTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 8)];

    [Fact]
    public void Plan_NoBuffers_IsEmptyAndOptimal()
    {
        var plan = ArenaPlanner.Plan(ArenaProblem.Create([]));

        Assert.Equal(ByteCount.Zero, plan.Total);
        Assert.True(plan.ProvedOptimal);
    }

    [Fact]
    public void Plan_NeverLiveTogether_SharesTheSameBytes()
    {
        var plan = PlanValid([Buffers.Whole(0, 100, 0, 3), Buffers.Whole(1, 80, 3, 5)]);

        Assert.Equal(100, plan.Total.Value);
    }

    [Fact]
    public void Plan_GrowingOutputUnderDyingInput_NeedsOnlyTheOverlayDistance()
    {
        var plan = PlanValid([Buffers.Dying(0, 4, 10, 0, 0), Buffers.Growing(1, 4, 5, 0, 6)]);

        Assert.Equal(45, plan.Total.Value);
        Assert.Equal(5, plan.OffsetOf((BufferId)0).Value);
        Assert.Equal(0, plan.OffsetOf((BufferId)1).Value);
    }

    [Fact]
    public void Plan_ElementWiseRowWrittenAfterItsInputDied_IsInPlace()
    {
        var input = Buffers.Dying(0, 4, 10, 0, 0);
        var output = Buffers.Of(1, 40, (1, 2, 0, 10), (2, 3, 0, 20), (3, 4, 0, 30), (4, 6, 0, 40));

        var plan = PlanValid([input, output]);

        Assert.Equal(40, plan.Total.Value);
        Assert.Equal(plan.OffsetOf((BufferId)0), plan.OffsetOf((BufferId)1));
    }

    [Fact]
    public void Plan_RingsInOppositePhase_Interleave()
    {
        var even = Buffers.Of(0, 20, (0, 1, 0, 10), (1, 2, 10, 20), (2, 3, 0, 10), (3, 4, 10, 20));
        var odd = Buffers.Of(1, 20, (0, 1, 10, 20), (1, 2, 0, 10), (2, 3, 10, 20), (3, 4, 0, 10));

        var plan = PlanValid([even, odd]);

        Assert.Equal(20, plan.Total.Value);
        Assert.True(plan.ProvedOptimal);
    }

    [Fact]
    public void Plan_FixedBuffer_StaysWhereItIs()
    {
        var plan = PlanValid([Buffers.Whole(0, 10, 0, 4, at: 7), Buffers.Whole(1, 6, 0, 4), Buffers.Whole(2, 8, 2, 4)]);

        Assert.Equal(7, plan.OffsetOf((BufferId)0).Value);
        Assert.Equal(25, plan.Total.Value);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_SmallRandomProblems_EqualsBruteForce(int seed)
    {
        for (var k = 0; k < 60; k++)
        {
            var buffers = Buffers.Random(seed * 1000 + k, 3 + k % 4, 7, 8);

            var plan = PlanValid(buffers);

            Assert.Equal(BruteForce.SmallestTotal(buffers, 8), plan.Total.Value);
            Assert.True(plan.ProvedOptimal, $"seed {seed}, problem {k}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_AllOptionCombinations_AgreeOnTheTotal(int seed)
    {
        var problem = ArenaProblem.Create(Buffers.Random(seed, 12, 40, 12));
        var expected = PlanValid(problem, ArenaOptions.Default);
        Assert.True(expected.ProvedOptimal);

        foreach (var options in Combinations())
        {
            var plan = PlanValid(problem, options);
            Assert.True(plan.Total >= expected.Total, $"{options}");
            if (options.ExactSearch)
                Assert.True(plan.ProvedOptimal && plan.Total == expected.Total, $"{options}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_EveryBufferTwice_EqualsBruteForceUnderAllOptions(int seed)
    {
        var once = Buffers.Random(seed, 3, 6, 5, withFixed: false);
        ArenaBuffer[] twice = [.. once, .. once.Select(b => b with { Id = new BufferId(b.Id.Value + 3) })];
        var problem = ArenaProblem.Create(twice);
        var smallest = BruteForce.SmallestTotal([.. twice], 5);

        foreach (var options in Combinations().Where(o => o.ExactSearch))
            Assert.Equal((smallest, smallest), (PlanValid(problem, options).Total.Value, PlanValid(problem, options).LowerBound.Value));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_AnyBudget_IsValidAndBoundedFromBothSides(int seed)
    {
        var problem = ArenaProblem.Create(Buffers.Random(seed, 40, 300, 30));
        var greedy = PlanValid(problem, ArenaOptions.Greedy);

        foreach (var budget in new long[] { 0, 1_000, 100_000, 2_000_000 })
        {
            var plan = PlanValid(problem, ArenaOptions.Default with { NodeBudget = budget });
            Assert.True(plan.Total <= greedy.Total);
            Assert.True(problem.LowerBound <= plan.LowerBound && plan.LowerBound <= plan.Total);
        }
    }

    [Fact]
    public void Plan_BuffersInAnyOrder_IsTheSame()
    {
        var buffers = Buffers.Network(3, 8, 10);

        var forward = PlanValid([.. buffers]);
        var backward = PlanValid([.. buffers.Reverse()]);

        Assert.Equal<ArenaPlacement>(forward.Placements, backward.Placements);
        Assert.Equal(forward.NodesUsed, backward.NodesUsed);
    }

    [Fact]
    public void Plan_EnoughGiven_StopsThere()
    {
        var problem = ArenaProblem.Create(Buffers.Random(5, 40, 300, 30));
        var greedy = PlanValid(problem, ArenaOptions.Greedy);

        var plan = PlanValid(problem, ArenaOptions.Default with { Enough = greedy.Total });

        Assert.Equal<ArenaPlacement>(greedy.Placements, plan.Placements);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_OneBufferLess_NeverNeedsMore(int seed)
    {
        var buffers = Buffers.Random(seed, 9, 20, 10, withFixed: false);
        var total = PlanValid(buffers).Total;

        foreach (var buffer in buffers)
            Assert.True(PlanValid([.. buffers.Where(b => b != buffer)]).Total <= total);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_ShorterLives_NeverNeedMore(int seed)
    {
        var buffers = Buffers.Random(seed, 9, 20, 10, withFixed: false);
        var total = PlanValid(buffers).Total;

        foreach (var buffer in buffers.Where(b => b.Extents.Length > 0))
        {
            var shorter = buffer with { Extents = buffer.Extents[1..] };
            Assert.True(PlanValid([.. buffers.Replace(buffer, shorter)]).Total <= total);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_SizesAndAlignmentsDoubled_DoublesTheTotal(int seed)
    {
        var buffers = Buffers.Random(seed, 8, 20, 10);
        var doubled = buffers.Select(b => new ArenaBuffer(
            b.Id,
            b.Name,
            b.Size + b.Size,
            b.Alignment * 2,
            [.. b.Extents.Select(e => e with { Lo = new(e.Lo.Value * 2), Hi = new(e.Hi.Value * 2) })],
            b.FixedOffset is { } at ? new ByteOffset(at.Value * 2) : null
        ));

        Assert.Equal(PlanValid(buffers).Total.Value * 2, PlanValid(doubled).Total.Value);
    }

    internal static ArenaPlan PlanValid(IEnumerable<ArenaBuffer> buffers) => PlanValid(ArenaProblem.Create(buffers), ArenaOptions.Default);

    private static ArenaPlan PlanValid(ArenaProblem problem, ArenaOptions options)
    {
        var plan = ArenaPlanner.Plan(problem, options);
        Assert.Empty(ArenaValidator.Validate(problem, plan));
        return plan;
    }

    private static IEnumerable<ArenaOptions> Combinations()
    {
        for (var bits = 0; bits < 64; bits++)
        {
            yield return new ArenaOptions
            {
                NodeBudget = 50_000_000,
                LocalSearch = (bits & 1) != 0,
                ExactSearch = (bits & 2) != 0,
                PeelEasyBuffers = (bits & 4) != 0,
                BreakTwinSymmetry = (bits & 8) != 0,
                PruneByBusySteps = (bits & 16) != 0,
                ProbeLowerBound = (bits & 32) != 0,
            };
        }
    }
}
