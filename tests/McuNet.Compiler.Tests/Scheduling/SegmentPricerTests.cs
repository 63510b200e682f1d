using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Scheduling;

/// <summary>
/// Prices of segments, in blocks of rows or not, against the live bytes and the calls of the schedule that is built from them. They are
/// equal but for a few segments, one in fifty at most, where part of an input of the network was read before, rows lie in a ring that
/// outlives the segment, or a step of an operator that moves rows reads none or passes some over.
/// </summary>
public sealed class SegmentPricerTests
{
    private const int Networks = 600;
    private static readonly KernelTarget Target = new(
        KernelLanguage.C,
        DeviceFeatures.Dsp | DeviceFeatures.FpuSingle | DeviceFeatures.LongMultiply
    );

    [Theory]
    [InlineData(InputMode.Resident)]
    [InlineData(InputMode.Rows)]
    public void Interleaved_RandomNetworksAndBlocks_IsTheLiveBytesOfTheReplayedSchedule(InputMode input)
    {
        var (wrong, segments, blocked) = (new List<string>(), 0, 0);
        for (var seed = 1; seed <= Networks; seed++)
        {
            var graph = RandomNetwork.Build(seed);
            if (input == InputMode.Rows && graph.IsOutput(graph.Inputs[0].Tensor))
                continue;
            var rows = new NetworkRows(graph);
            var offered = OfferedKernels.Of(graph, Target);
            var random = new Random(seed);
            var blocks = RandomSchedule.Parts(rows, offered, random);
            var cuts = Enumerable.Range(0, graph.Nodes.Length).Where(n => n == 0 || random.Next(3) == 0).ToArray();
            var schedule = ScheduleBuilder.Build(rows, input, cuts, blocks);
            var replayed = Replay(schedule, schedule.Called(offered));
            var pricer = new SegmentPricer(rows, offered, input);
            foreach (var (segment, (bytes, cycles)) in schedule.Segments.Zip(replayed))
            {
                var inBlocks = blocks[segment.FirstNode..segment.EndNode].Any(b => b > 0);
                var price = pricer.Interleaved(segment.FirstNode, segment.EndNode, blocks);
                if (price.PeakBytes != bytes || Math.Abs(price.Cycles - cycles) > 1e-6 * cycles)
                    wrong.Add(
                        $"seed {seed}, nodes {segment.FirstNode} to {segment.EndNode}: priced {price.PeakBytes} bytes {price.Cycles} cycles, replayed {bytes} and {cycles}"
                    );
                segments++;
                blocked += inBlocks ? 1 : 0;
            }
        }
        Assert.True(wrong.Count <= segments / 50, string.Join("\n", wrong));
        Assert.True(blocked > Networks / 10, $"only {blocked} segments had blocks");
    }

    /// <summary>By segment: the most live bytes, rings counted in full from their first row to their last use, and the cycles of its
    /// calls.</summary>
    private static IEnumerable<(int Bytes, double Cycles)> Replay(Schedule schedule, ImmutableArray<KernelCall> kernels)
    {
        var buffers = RowLiveness.Of(schedule).Where(b => !b.Live.IsEmpty).ToArray();
        foreach (var segment in schedule.Segments)
        {
            var (peak, cycles, states) = (0, 0.0, 0);
            for (var c = segment.FirstStep; c < segment.EndStep; c++)
            {
                var step = schedule.Steps[c];
                var kernel = step.IsInput ? KernelCall.Delivery : kernels[step.Node.Value];
                states += step.First == 0 ? kernel.StateBytes : 0;
                cycles += step.IsInput ? SegmentPricer.CyclesPerCall : SegmentPricer.CyclesOf(step, kernel);
                for (var time = 2 * c; time < 2 * c + 2; time++)
                    peak = Math.Max(peak, buffers.Sum(b => LiveBytes(b, time)) + kernel.ScratchBytes + states);
                if (!step.IsInput && !schedule.Steps.Skip(c + 1).Any(s => s.Node == step.Node))
                    states -= kernel.StateBytes;
            }
            yield return (peak, cycles);
        }
    }

    private static int LiveBytes(RowBuffer buffer, int time)
    {
        if (buffer.IsRing)
            return buffer.Live.Any(l => l.Lo < l.Hi && l.Begin <= time) && time < buffer.Live[^1].End ? buffer.Bytes : 0;
        return buffer.Live.Where(l => l.Begin <= time && time < l.End).Sum(l => l.Hi - l.Lo);
    }
}
