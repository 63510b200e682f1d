using System;
using System.Diagnostics;
using System.Linq;
using McuNet.Compiler.Arena;
using Xunit;

namespace McuNet.Compiler.Tests.Arena;

/// <summary>Guards against a change of order of magnitude, not of percent: limits hold for an unoptimised build on a busy machine.</summary>
public sealed class ArenaPerformanceTests
{
    [Fact]
    public void Create_ManyBuffersStepsAndExtents_IsQuick()
    {
        ArenaBuffer[] buffers = [.. Enumerable.Range(0, 150).Select(i => Buffers.Of(i, 3000, [.. Enumerable.Range(0, 300).Select(
            k => (First: (k * 20) + (i % 20), End: (k * 20) + (i % 20) + 20, Lo: k * 5, Hi: 3000 - k))]))];

        Assert.InRange(FastestOf(2, () => ArenaProblem.Create(buffers)).TotalMilliseconds, 0, 5000);
    }

    [Fact]
    public void Plan_LargeNetwork_IsQuickAndProved()
    {
        var problem = ArenaProblem.Create(Buffers.Network(9, 36, 160));
        Assert.InRange(problem.Buffers.Length, 140, 160);

        Assert.InRange(FastestOf(3, () => ArenaPlanner.Plan(problem, ArenaOptions.Quick)).TotalMilliseconds, 0, 500);
        Assert.InRange(FastestOf(2, () => ArenaPlanner.Plan(problem)).TotalMilliseconds, 0, 5000);
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

    private static TimeSpan FastestOf(int runs, Action action) => Enumerable.Range(0, runs).Min(_ =>
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed;
    });
}
