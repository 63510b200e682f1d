using System.Linq;
using McuNet.Compiler.Arena;
using Xunit;

namespace McuNet.Compiler.Tests.Arena;

/// <summary>How much work planning is, in nodes of its searches: the same on every machine.</summary>
public sealed class ArenaWorkTests
{
    [Fact]
    public void Plan_LargeNetwork_IsProvedWithLittleWork()
    {
        var problem = ArenaProblem.Create(Buffers.Network(9, 36, 160));
        Assert.InRange(problem.Buffers.Length, 140, 160);

        var (quick, whole) = (ArenaPlanner.Plan(problem, ArenaOptions.Quick), ArenaPlanner.Plan(problem));

        Assert.InRange(quick.NodesUsed, 0, 20_000);
        Assert.InRange(whole.NodesUsed, 0, 20_000);
        Assert.True(ArenaPlannerTests.PlanValid(problem.Buffers).ProvedOptimal);
    }

    [Fact]
    public void Plan_HardProblem_KeepsToItsBudget()
    {
        var problem = ArenaProblem.Create(Buffers.Random(0, 40, 2000, 30));

        var plan = ArenaPlanner.Plan(problem, ArenaOptions.Default with { NodeBudget = 1_000_000 });

        Assert.False(plan.ProvedOptimal);
        Assert.InRange(plan.NodesUsed, 1_000_000, 1_200_000);
    }

    [Fact]
    public void Plan_Networks_AreProvedOptimal()
    {
        for (var seed = 0; seed < 12; seed++)
            Assert.True(ArenaPlannerTests.PlanValid(Buffers.Network(seed, 6 + seed, 12 + seed)).ProvedOptimal, $"seed {seed}");
    }
}
