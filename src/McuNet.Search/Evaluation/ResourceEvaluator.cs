using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Search.Spaces;

namespace McuNet.Search.Evaluation;

/// <summary>
/// Evaluates networks of a space by the compiler itself: the same integer network, scheduler, planner and size model as a build, with kernels
/// outlined from shapes (<see cref="IOutlined"/>) so that no weights are needed.
/// </summary>
public sealed class ResourceEvaluator(SearchSpace space, EvaluationTarget target)
{
    private readonly KernelTarget _kernels = DeviceKernels.TargetOf(target.Options.Device);

    public EvaluationTarget Target => target;

    public Resources Evaluate(Architecture architecture)
    {
        var graph = ArchitectureGraph.Of(space, architecture);
        var outlines = graph.Nodes.Select(n => Outline(n.Operator, graph.TypesOf(n))).ToImmutableArray();
        var kernels = outlines.Select(o => o.WithoutConstants()).ToImmutableArray();
        var rows = new NetworkRows(graph);
        var (schedule, memory, cycles) = target.Mode == ScheduleMode.LayerByLayer ? LayerByLayer(rows, kernels) : Searched(rows, kernels);
        var footprint = Footprint.Estimate(outlines, schedule);
        var onDevice = DeviceKernels.Scale(target.Options.Device, cycles, footprint.Weights);
        return new Resources(
            memory.ArenaBytes + footprint.Stack, memory.ArenaBytes, footprint.Flash, footprint.Weights, graph.Macs, 1.0, onDevice,
            target.Options.Device.Milliseconds(onDevice), target.Options.Device.Millijoules(onDevice), Describe(schedule));
    }

    private KernelOutline Outline(Operator op, NodeTypes types) =>
        op is IOutlined outlined ? outlined.Outline(types, _kernels) : KernelOutline.Of(op.Lower(types, _kernels));

    private (Schedule, MemoryPlan, double) LayerByLayer(NetworkRows rows, ImmutableArray<KernelCall> kernels)
    {
        var cuts = Enumerable.Range(0, rows.Graph.Nodes.Length).ToArray();
        var joined = cuts.Where(n => rows.Dependencies[n].Joinable).ToHashSet();
        var schedule = ScheduleBuilder.Build(rows, target.Options.Input, cuts, joined);
        var memory = MemoryPlanner.Plan(rows, schedule, kernels, McuNet.Compiler.Arena.ArenaOptions.Default);
        return (schedule, memory, Cycles(schedule, kernels));
    }

    private (Schedule, MemoryPlan, double) Searched(NetworkRows rows, ImmutableArray<KernelCall> kernels)
    {
        var front = new PlannedFront(rows, kernels, target.Options.Input);
        var choice = front.Choose(target.Options.Objective, target.Options.SramBudget - StackEstimate.Bytes(kernels.Length));
        return (choice.Schedule, front.PlanExactly(choice.Schedule), choice.Candidate.Cost.Cycles);
    }

    private static double Cycles(Schedule schedule, ImmutableArray<KernelCall> kernels) =>
        schedule.Steps.Sum(s => s.IsInput ? SegmentPricer.CyclesPerCall : SegmentPricer.CyclesOf(s, kernels[s.Node.Value]));

    private static string Describe(Schedule schedule) =>
        string.Join(' ', schedule.Segments.Select(s => $"{s.Nodes}{(schedule.Steps[s.EndStep - 1].Joined ? "w" : "")}"));
}
