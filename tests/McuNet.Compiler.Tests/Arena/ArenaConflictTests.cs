using System.Linq;
using McuNet.Compiler.Arena;
using Xunit;

namespace McuNet.Compiler.Tests.Arena;

public sealed class ArenaConflictTests
{
    [Fact]
    public void Find_PlanFits_IsNull() => Assert.Null(Find(60, [Buffers.Whole(0, 30, 0, 2), Buffers.Whole(1, 30, 1, 3)]));

    [Fact]
    public void Find_SeveralStepsExceed_NamesTheFewestLargest()
    {
        var conflict = Find(
            50,
            [
                Buffers.Whole(0, 20, 0, 2),
                Buffers.Whole(1, 20, 0, 2),
                Buffers.Whole(2, 20, 0, 2),
                Buffers.Whole(3, 40, 4, 6),
                Buffers.Whole(4, 15, 4, 6),
                Buffers.Whole(5, 2, 4, 6),
            ]
        );

        Assert.Equal(ArenaConflictKind.LiveBytes, conflict?.Kind);
        Assert.Equal([3, 4], conflict!.Buffers.Select(b => b.Id.Value));
        Assert.Equal((4, 55, 10), (conflict.Step.Value, conflict.LiveBytes.Value, conflict.Excess.Value));
    }

    [Fact]
    public void Find_PartlyDeadBuffer_CountsItsLiveBytesOnly()
    {
        var conflict = Find(30, [Buffers.Of(0, 40, (0, 1, 0, 25), (1, 2, 15, 40)), Buffers.Whole(1, 10, 0, 2)]);

        Assert.Equal([25, 10], conflict!.Buffers.Select(b => b.Live.Value));
    }

    [Fact]
    public void Find_NoStepExceeds_IsAProvedPackingGap()
    {
        var conflict = Find(40, [Buffers.Of(0, 40, (0, 1, 20, 40)), Buffers.Of(1, 30, (0, 1, 10, 30))]);

        Assert.Equal(ArenaConflictKind.ProvedPackingGap, conflict?.Kind);
        Assert.Equal(2, conflict!.Buffers.Length);
        Assert.Equal(10, conflict.Excess.Value);
    }

    [Fact]
    public void Find_BetterPlanNotExcluded_IsAnUnprovedPackingGap()
    {
        var problem = ArenaProblem.Create(Buffers.Random(4, 30, 100, 20));
        var plan = ArenaPlanner.Plan(problem, ArenaOptions.Greedy);
        Assert.True(plan.Total > plan.LowerBound);

        var conflict = ArenaConflict.Find(problem, plan, plan.LowerBound);

        Assert.Equal(ArenaConflictKind.PackingGap, conflict?.Kind);
    }

    private static ArenaConflict? Find(int budget, ArenaBuffer[] buffers)
    {
        var problem = ArenaProblem.Create(buffers);
        return ArenaConflict.Find(problem, ArenaPlanner.Plan(problem), (ByteCount)budget);
    }
}
