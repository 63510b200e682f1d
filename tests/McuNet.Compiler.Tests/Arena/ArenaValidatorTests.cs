using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using Xunit;

namespace McuNet.Compiler.Tests.Arena;

public sealed class ArenaValidatorTests
{
    private static readonly ArenaProblem Problem = ArenaProblem.Create([
        Buffers.Whole(0, 10, 0, 2, at: 4),
        Buffers.Whole(1, 16, 1, 3, alignment: 8),
        Buffers.Of(2, 20, (0, 1, 0, 20), (1, 3, 10, 20)),
    ]);

    private static readonly ArenaPlan Plan = ArenaPlanner.Plan(Problem);

    [Fact]
    public void Validate_PlannedProblem_FindsNothing() => Assert.Empty(ArenaValidator.Validate(Problem, Plan));

    [Fact]
    public void Validate_BuffersMovedTogether_NamesBytesAndStep()
    {
        var moved = With(1, (ByteOffset)8);

        var diagnostic = Assert.Single(ArenaValidator.Validate(Problem, moved), d => d.Id == "MCU9001" && d.Message.Contains("'b0'"));
        Assert.Contains("'b0' and 'b1' both hold live data in bytes [8, 14) at step 1", diagnostic.Message);
    }

    [Fact]
    public void Validate_OverlapOfDeadBytesOnly_IsValid()
    {
        var problem = ArenaProblem.Create([Buffers.Of(0, 20, (0, 3, 10, 20)), Buffers.Whole(1, 10, 1, 2)]);
        var plan = ArenaPlanner.Plan(problem);

        Assert.Equal(20, plan.Total.Value);
        Assert.Empty(ArenaValidator.Validate(problem, plan));
    }

    [Fact]
    public void Validate_Misaligned_IsReported() => AssertReports("MCU9002", "is not aligned to 8", With(1, (ByteOffset)101));

    [Fact]
    public void Validate_FixedBufferMoved_IsReported() => AssertReports("MCU9002", "must lie at offset 4", With(0, (ByteOffset)200));

    [Fact]
    public void Validate_SizeChanged_IsReported()
    {
        var placement = Plan.Placements[2] with { Size = (ByteCount)19 };

        AssertReports("MCU9002", "has 19 B instead of 20 B", Plan with { Placements = Plan.Placements.SetItem(2, placement) });
    }

    [Fact]
    public void Validate_BufferMissing_IsReported() =>
        AssertReports("MCU9003", "does not place buffer #1 'b1'", Plan with { Placements = Plan.Placements.RemoveAt(1) });

    [Fact]
    public void Validate_BufferTwice_IsReported() =>
        AssertReports("MCU9003", "places buffer #2 'b2' twice", Plan with { Placements = Plan.Placements.Add(Plan.Placements[2]) });

    [Fact]
    public void Validate_BufferUnknown_IsReported() =>
        AssertReports(
            "MCU9003",
            "places buffer #9, which",
            Plan with
            {
                Placements = Plan.Placements.Add(Plan.Placements[2] with { Id = (BufferId)9 }),
            }
        );

    [Fact]
    public void Validate_PlacementsOutOfOrder_IsReported() =>
        AssertReports("MCU9003", "where #0 'b0' belongs", Plan with { Placements = [.. Plan.Placements.Reverse()] });

    [Fact]
    public void Validate_TotalTooSmall_IsReported() =>
        AssertReports("MCU9004", "states a total", Plan with { Total = (ByteCount)1, LowerBound = (ByteCount)1 });

    [Fact]
    public void Validate_LowerBoundAboveTotal_IsReported() =>
        AssertReports("MCU9004", "states a lower bound", Plan with { LowerBound = (ByteCount)1000 });

    [Fact]
    public void Validate_EveryBufferMovedEverywhere_AgreesWithByteMaps()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var problem = ArenaProblem.Create(Buffers.Random(seed, 6, 12, 8, withFixed: false));
            var plan = ArenaPlanner.Plan(problem);
            for (var b = 0; b < problem.Buffers.Length; b++)
            {
                for (var at = 0; at < 24; at += problem.Buffers[b].Alignment)
                {
                    var moved = plan.Placements.SetItem(b, plan.Placements[b] with { Offset = (ByteOffset)at });
                    var collides = ArenaValidator.Validate(problem, plan with { Placements = moved }).Any(d => d.Id == "MCU9001");
                    Assert.Equal(HoldsAByteTwice(problem, moved), collides);
                }
            }
        }
    }

    private static bool HoldsAByteTwice(ArenaProblem problem, ImmutableArray<ArenaPlacement> placements)
    {
        var taken = new HashSet<(int Step, int Place)>();
        var points = new HashSet<(int Step, int Place)>();
        for (var i = 0; i < placements.Length; i++)
        {
            var offset = placements[i].Offset.Value;
            foreach (var extent in problem.Buffers[i].Extents)
            {
                for (var step = extent.FirstStep.Value; step < extent.EndStep.Value; step++)
                {
                    if (extent.Lo == extent.Hi)
                        points.Add((step, 2 * (offset + extent.Lo.Value)));
                    for (var place = (2 * extent.Lo.Value) + 1; place < 2 * extent.Hi.Value; place++)
                    {
                        if (!taken.Add((step, (2 * offset) + place)))
                            return true;
                    }
                }
            }
        }
        return points.Overlaps(taken);
    }

    private static ArenaPlan With(int buffer, ByteOffset offset)
    {
        var placements = Plan.Placements.SetItem(buffer, Plan.Placements[buffer] with { Offset = offset });
        return Plan with { Placements = placements, Total = (ByteCount)placements.Max(p => p.End.Value), LowerBound = default };
    }

    private static void AssertReports(string id, string text, ArenaPlan corrupt) =>
        Assert.Contains(ArenaValidator.Validate(Problem, corrupt), d => d.Id == id && d.Message.Contains(text));
}
