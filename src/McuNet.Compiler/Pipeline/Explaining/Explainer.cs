using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline.Explaining;

/// <summary>Says of a compilation why it is what it is: from its front, its plan and the kernel table, with nothing decided anew.</summary>
public static class Explainer
{
    public static Explanation Of(Compilation compilation)
    {
        var (model, options) = (compilation.Model, compilation.Options);
        var schedules = Schedules(compilation);
        var taken = schedules.ToList().FindIndex(s => s.IsTaken);
        return new(
            options.Device,
            Requirements.Of(compilation),
            Reason(compilation),
            model.Faster,
            schedules,
            taken > 0 ? schedules[taken - 1] : null,
            taken + 1 < schedules.Length ? schedules[taken + 1] : null,
            Segments(compilation),
            model.PeakAt,
            model.Memory,
            [.. model.Memory.AtPeak.Select(share => Live(model, share))],
            Nodes(compilation)
        );
    }

    private static ScheduleReason Reason(Compilation compilation) =>
        compilation.Options.Objective switch
        {
            Objective.Latency => ScheduleReason.Fastest,
            Objective.Memory => ScheduleReason.Smallest,
            _ when compilation.SramBytes > compilation.Options.SramBudget => ScheduleReason.NoneFits,
            _ when compilation.Model.MacFactor > 1 => ScheduleReason.OnlyBandsFit,
            _ when compilation.Model.Faster is not null => ScheduleReason.LittleSlower,
            _ => ScheduleReason.FastestThatFits,
        };

    /// <summary>The front, and the schedule taken where it lies beside it: least memory last.</summary>
    private static ImmutableArray<ScheduleOption> Schedules(Compilation compilation)
    {
        var (model, points) = (compilation.Model, compilation.Front.Points);
        return
        [
            .. (points.Contains(compilation.Choice) ? points : points.Add(compilation.Choice))
                .Select(Option)
                .OrderByDescending(s => s.ArenaBytes)
                .ThenBy(s => s.Cycles),
        ];

        ScheduleOption Option(PlannedSchedule p)
        {
            var placed = PlacedSchedule.Of(p, compilation.Options, model.KernelSet);
            var need = compilation.SramOf(placed.Memory.ArenaBytes, p.Layers);
            return new(
                placed.Memory.ArenaBytes,
                need,
                p.MacFactor,
                placed.Cycles,
                need <= compilation.Options.SramBudget,
                p == compilation.Choice
            );
        }
    }

    private static ImmutableArray<SegmentExplanation> Segments(Compilation compilation)
    {
        var (model, offered) = (compilation.Model, compilation.Choice.Offered);
        var (schedule, blocks) = (model.Schedule, model.Schedule.BlockRows());
        var pricer = new SegmentPricer(schedule.Rows, offered.Kernels, schedule.Input);
        var live = new LiveProfile(schedule, compilation.Choice.Memory);
        var segments = schedule.Segments.Where(s => s.Nodes > 0).ToArray();
        return
        [
            .. segments.Select(
                (s, i) =>
                    new SegmentExplanation(
                        s.FirstNode,
                        s.EndNode,
                        model.ModeOf(s),
                        blocks[s.FirstNode..s.EndNode],
                        (int)live.Most(s),
                        schedule.IsWhole(s) ? pricer.Joined(s.FirstNode) : pricer.Interleaved(s.FirstNode, s.EndNode, blocks),
                        s.Nodes > 1 ? Apart(s) : null,
                        i + 1 < segments.Length ? pricer.Interleaved(s.FirstNode, segments[i + 1].EndNode) : null
                    )
            ),
        ];

        SegmentCost Apart(Segment segment)
        {
            var costs = Enumerable
                .Range(segment.FirstNode, segment.Nodes)
                .Select(n => SegmentPricer.MayJoin(schedule.Rows, n, offered.Kernels[n]) ? pricer.Joined(n) : pricer.Interleaved(n, n + 1))
                .ToArray();
            return new(costs.Max(c => c.PeakBytes), costs.Sum(c => c.Cycles));
        }
    }

    private static LiveBuffer Live(CompiledModel model, PeakShare share)
    {
        if (share.Tensor is not { } id)
            return new(share.Name, share.Bytes, null, 0, false, null, []);
        var (tensor, placed) = (model.Graph[id], model.Memory.Tensors[id.Value]!);
        return new(
            share.Name,
            share.Bytes,
            tensor.Type,
            placed.Slots,
            placed.IsRing,
            model.Graph.ProducerOf(tensor.Id)?.Name,
            [.. model.Graph.Nodes.Where(n => n.Inputs.Contains(tensor.Id)).Select(n => n.Name)]
        );
    }

    private static ImmutableArray<NodeExplanation> Nodes(Compilation compilation)
    {
        var model = compilation.Model;
        var target = DeviceKernels.TargetOf(compilation.Options.Device, model.KernelSet);
        var shared = KernelSharing.Functions(model.Kernels, compilation.Options.KernelLinkage);
        var segments = model.Schedule.Segments.Where(s => s.Nodes > 0).SelectMany((s, i) => Enumerable.Repeat(i, s.Nodes)).ToArray();
        return
        [
            .. model.Graph.Nodes.Select(node =>
            {
                var (n, types, placed) = (node.Id.Value, model.Graph.TypesOf(node), model.Memory.Tensors[node.Output.Value]);
                var kernel = model.Kernels[n];
                var candidates = OperatorTable.Candidates(node.Operator, types, target);
                return new NodeExplanation(
                    n,
                    node.Name,
                    node.Operator.Kind,
                    types,
                    node.Operator.Macs(types),
                    model.NodeCycles[n],
                    segments[n],
                    kernel.Function,
                    kernel.Rows,
                    kernel.ScratchBytes,
                    kernel.TableBytes,
                    placed?.Slots ?? 0,
                    placed?.IsRing ?? false,
                    shared.Contains(kernel.Function) ? candidates : [.. candidates.Select(c => c.Alone())]
                );
            }),
        ];
    }
}
