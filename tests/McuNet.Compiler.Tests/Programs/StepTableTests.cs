using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Programs;

public sealed class StepTableTests
{
    [Fact]
    public void Walk_RandomSchedules_GivesEveryBlockAsItWasScheduled()
    {
        var blocks = 0;
        for (var seed = 1; seed <= 300; seed++)
        {
            var (rows, schedule, _) = RandomSchedule.OfSeed(seed, InputMode.Resident);
            var walked = StepTable.From(schedule).Walk().ToArray();
            foreach (var node in rows.Graph.Nodes.Where(n => schedule.IsJoined(n.Id)))
            {
                Assert.Equal(
                    schedule.Steps.Where(s => s.Node == node.Id).Select(s => s.Count),
                    walked.Where(w => w.Layer == node.Id.Value).Select(w => w.Count)
                );
                blocks++;
            }
            Assert.Equal(Rows(schedule.Steps.Select(s => (s.Node.Value, s.Count))), Rows(walked));
        }
        Assert.True(blocks > 100, $"only {blocks} layers ran in blocks");
    }

    [Fact]
    public void From_BlockOfMoreRowsThanAByteHolds_StaysOnePair()
    {
        var net = new NetworkBuilder(1);
        var graph = net.Build("tall", [net.Depthwise(net.Input(300, 1, 4), new Window { KernelHeight = 1, KernelWidth = 1 })]);
        var program = StepTable.From(ScheduleBuilder.Build(new NetworkRows(graph), InputMode.Resident, [0], [300]));
        Assert.False(program.IsBytes);
        Assert.Equal([(0, 300)], program.Walk());
    }

    private static IEnumerable<int> Rows(IEnumerable<(int Layer, int Count)> steps) =>
        steps.SelectMany(s => Enumerable.Repeat(s.Layer, s.Count));
}
