using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Scheduling;

public sealed class InferencePiecesTests
{
    [Theory]
    [InlineData(InputMode.Resident)]
    [InlineData(InputMode.Rows)]
    public void Of_RandomSchedules_AreTheirStepsInOrderOnTheSameArena(InputMode input)
    {
        var (cut, kept) = (0, 0);
        for (var seed = 1; seed <= 300; seed++)
        {
            var (rows, schedule, kernels) = RandomSchedule.OfSeed(seed, input);
            var pieces = InferencePieces.Of(schedule, kernels, (_, cycles) => cycles);
            Assert.Equal(Rows(schedule.Steps), Rows(pieces.Steps));
            Assert.All(pieces.Steps.Where(p => p.IsInput), p => Assert.Equal(1, p.Count));
            var plan = MemoryPlanner.Plan(schedule, kernels, ArenaOptions.Greedy);
            Assert.Null(
                ScheduleVerifier.FindFault(
                    schedule with
                    {
                        Steps = pieces.Steps,
                    },
                    plan,
                    n => kernels[n].ScratchBytes,
                    n => kernels[n].StateBytes
                )
            );
            cut += schedule.Steps.Count(s => s.Joined && !pieces.Steps.Contains(s));
            kept += schedule.Steps.Count(s => s.Joined && s.Count > 1 && pieces.Steps.Contains(s));
        }
        Assert.True(cut > 10 && kept > 50, $"{cut} blocks were cut, {kept} were not");
    }

    [Fact]
    public void Of_RandomSchedules_NoneIsLongerThanTheLongestCallThatCannotBeCut()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var (rows, schedule, kernels) = RandomSchedule.OfSeed(seed, InputMode.Resident);
            var pieces = InferencePieces.Of(schedule, kernels, (_, cycles) => cycles);
            Assert.Equal(pieces.Steps.Max(Cycles), pieces.LongestCycles);
            Assert.Contains(
                pieces.Steps,
                p =>
                    Cycles(p) == pieces.LongestCycles
                    && (
                        p.Count == 1
                        || !rows.Dependencies[p.Node.Value].Joinable
                        || kernels[p.Node.Value].Arguments.Contains(KernelArgument.Block)
                    )
            );

            double Cycles(ScheduleStep step) => SegmentPricer.CyclesOf(step, kernels[step.Node.Value]);
        }
    }

    [Fact]
    public void CallSequence_OfPieces_WalksThemOneByOne()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var (rows, schedule, kernels) = RandomSchedule.OfSeed(seed, InputMode.Rows);
            var pieces = InferencePieces.Of(schedule, kernels, (_, cycles) => cycles);
            var calls = CallSequence.Of(schedule, pieces);
            Assert.Equal(pieces.Steps.Select(p => (p.IsInput ? calls.Table.InputLayer : p.Node.Value, p.Count)), calls.Walk());
        }
    }

    private static IEnumerable<(int Node, int Row)> Rows(IEnumerable<ScheduleStep> steps) =>
        steps.SelectMany(s => Enumerable.Range(s.First, s.Count).Select(row => (s.Node.Value, row)));
}
