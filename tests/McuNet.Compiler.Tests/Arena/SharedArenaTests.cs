using McuNet.Compiler.Arena;
using Xunit;

namespace McuNet.Compiler.Tests.Arena;

public sealed class SharedArenaTests
{
    [Fact]
    public void TotalOf_SeveralModels_IsTheLargest()
    {
        var small = ArenaPlanner.Plan(ArenaProblem.Create([Buffers.Whole(0, 10, 0, 1)]));
        var large = ArenaPlanner.Plan(ArenaProblem.Create([Buffers.Whole(0, 30, 0, 1), Buffers.Whole(1, 12, 0, 1)]));

        Assert.Equal(42, SharedArena.TotalOf([small.Total, large.Total]).Value);
        Assert.Equal(0, SharedArena.TotalOf([]).Value);
    }
}
