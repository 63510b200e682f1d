using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Programs;

public sealed class CallSequenceTests
{
    [Theory]
    [InlineData(InputMode.Resident)]
    [InlineData(InputMode.Rows)]
    public void Walk_RandomSchedules_RunsEveryStepInItsOrder(InputMode input)
    {
        var (layers, tables) = (0, 0);
        for (var seed = 1; seed <= 300; seed++)
        {
            var schedule = RandomSchedule.OfSeed(seed, input).Schedule;
            var calls = CallSequence.From(schedule, _ => true);
            var delivered = calls.Table.InputLayer;
            Assert.Equal(Rows(schedule.Steps.Select(s => (s.IsInput ? delivered : s.Node.Value, s.Count))), Rows(calls.Walk()));
            layers += calls.Parts.OfType<LayerPart>().Count();
            tables += calls.Parts.OfType<TablePart>().Count();
        }
        Assert.True(layers > 300 && tables > 100, $"{layers} layers by themselves, {tables} stretches of tables");
    }

    [Fact]
    public void From_RandomSchedules_LayersRunWholeAndTablesHoldTheOthers()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var schedule = RandomSchedule.OfSeed(seed, InputMode.Resident).Schedule;
            var calls = CallSequence.From(schedule, _ => true);
            foreach (var part in calls.Parts.OfType<LayerPart>())
            {
                var steps = schedule.Steps.Where(s => s.Node.Value == part.Layer).ToArray();
                Assert.Equal((part.Joined, part.Steps), (steps[0].Joined, steps[^1].End));
                Assert.True(!part.Joined || steps.Length == 1);
            }
            Assert.DoesNotContain(calls.Table.Walk(), w => calls.LayerOf(w.Layer) is not null);
            Assert.Equal(calls.Table.Words.Length, calls.Parts.OfType<TablePart>().Sum(t => t.End - t.Begin));
        }
    }

    [Fact]
    public void From_LayerByLayer_NeedsNoTable()
    {
        var net = new NetworkBuilder(1);
        var graph = net.Build(
            "two",
            [net.Depthwise(net.Depthwise(net.Input(6, 6, 4), NetworkBuilder.Square(3)), NetworkBuilder.Square(3))]
        );
        var calls = CallSequence.From(ScheduleBuilder.Build(new NetworkRows(graph), InputMode.Resident, [0, 1], [0, 6]), _ => true);
        Assert.Equal(new CallPart[] { new LayerPart(0, 6, false), new LayerPart(1, 6, true) }, calls.Parts.ToArray());
        Assert.Empty(calls.Table.Words);
    }

    [Fact]
    public void From_LayerThatTheApplicationDelivers_StaysInTheTable()
    {
        var net = new NetworkBuilder(1);
        var graph = net.Build("one", [net.Depthwise(net.Input(6, 6, 4), NetworkBuilder.Square(3))]);
        var calls = CallSequence.From(ScheduleBuilder.Build(new NetworkRows(graph), InputMode.Resident, [0], [0]), _ => false);
        Assert.Equal(new CallPart[] { new TablePart(0, 2) }, calls.Parts.ToArray());
    }

    [Fact]
    public void From_LayerWithStepsOnBothSidesOfAnother_IsSplit()
    {
        var net = new NetworkBuilder(1);
        var graph = net.Build(
            "two",
            [net.Depthwise(net.Depthwise(net.Input(6, 6, 4), NetworkBuilder.Square(3)), NetworkBuilder.Square(3))]
        );
        var (a, b) = (graph.Nodes[0].Id, graph.Nodes[1].Id);
        var schedule = new Schedule(
            new NetworkRows(graph),
            InputMode.Resident,
            [new(a, 0, 1), new(b, 0, 6), new(a, 1, 5)],
            [new Segment(0, 2, 0, 3)]
        );
        var calls = CallSequence.From(schedule, _ => true);
        Assert.Equal(new CallPart[] { new TablePart(0, 2), new LayerPart(1, 6, false), new TablePart(2, 4) }, calls.Parts.ToArray());
        Assert.Equal((true, 6), (calls.HasSplitLayers, calls.MostSteps));
        Assert.False(CallSequence.From(schedule with { Steps = [new(a, 0, 6), new(b, 0, 6)] }, _ => true).HasSplitLayers);
    }

    private static IEnumerable<int> Rows(IEnumerable<(int Layer, int Count)> steps) =>
        steps.SelectMany(s => Enumerable.Repeat(s.Layer, s.Count));
}
