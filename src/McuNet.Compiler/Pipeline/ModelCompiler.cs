using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>From an integer graph to a compiled model: kernels, schedule, memory. Budgets are checked afterwards by <see cref="BudgetCheck"/>.</summary>
public static class ModelCompiler
{
    public static StageResult<CompiledModel> Compile(NetworkGraph graph, CompileOptions options)
    {
        if (graph.Nodes.IsEmpty)
            return StageResult<CompiledModel>.Failure(Diagnostic.Create(DiagnosticCatalog.NetworkEmpty, graph.Name));
        if (options.Input == InputMode.Rows && WhyNotStreamed(graph) is { } reason)
            return StageResult<CompiledModel>.Failure(Diagnostic.Create(DiagnosticCatalog.StreamedInputImpossible, graph.Name, reason));
        var target = DeviceKernels.TargetOf(options.Device);
        var offered = Lower(graph, target);
        var rows = new NetworkRows(graph);
        var planned = new PlannedFront(rows, offered, options.Input);
        var choice = planned.Choose(options.Objective, options.SramBudget - StackEstimate.Bytes(offered));
        var (schedule, memory) = (choice.Schedule, planned.PlanExactly(choice.Schedule));
        var kernels = schedule.Called(offered);
        if (ScheduleVerifier.FindFault(rows, schedule, memory, n => kernels[n].ScratchBytes, n => kernels[n].StateBytes) is { } fault)
            throw new InvalidOperationException($"the schedule of '{graph.Name}' does not hold: {fault}");
        return StageResult<CompiledModel>.Success(new CompiledModel
        {
            Name = options.Name,
            Graph = graph,
            Schedule = schedule,
            Memory = memory,
            Kernels = kernels,
            ManagedKernels = Lower(graph, DeviceKernels.Managed),
            Cycles = DeviceKernels.Scale(options.Device, choice.Candidate.Cost.Cycles, WeightBytes(kernels)),
            NodeCycles = NodeCycles(options.Device, schedule, kernels),
            MacFactor = 1.0,
            Pareto = planned.Points.Select(p => new ParetoPoint(
                p.Memory.ArenaBytes, 1.0, DeviceKernels.Scale(options.Device, p.Candidate.Cost.Cycles, WeightBytes(p.Schedule.Called(offered))))).ToImmutableArray(),
        });
    }

    /// <summary>Bytes of constants that one inference reads at least once.</summary>
    public static int WeightBytes(IEnumerable<KernelCall> kernels) =>
        kernels.SelectMany(k => k.Parameters).OfType<TableParameter>().Sum(t => t.Table.Bytes.Length);

    private static ImmutableArray<double> NodeCycles(Device device, Schedule schedule, ImmutableArray<KernelCall> kernels)
    {
        var cycles = new double[kernels.Length];
        foreach (var step in schedule.Steps.Where(s => !s.IsInput))
            cycles[step.Node.Value] += SegmentPricer.CyclesOf(step, kernels[step.Node.Value]);
        return cycles.Select((c, n) => DeviceKernels.Scale(device, c, WeightBytes([kernels[n]]))).ToImmutableArray();
    }

    private static ImmutableArray<KernelCall> Lower(NetworkGraph graph, KernelTarget target)
    {
        var kernels = new KernelCall[graph.Nodes.Length];
        Parallel.For(0, kernels.Length, n => kernels[n] = graph.Nodes[n].Operator.Lower(graph.TypesOf(graph.Nodes[n]), target));
        return ImmutableCollectionsMarshal.AsImmutableArray(kernels);
    }

    private static string? WhyNotStreamed(NetworkGraph graph)
    {
        if (graph.Inputs.Length != 1)
            return $"it has {graph.Inputs.Length} inputs";
        if (graph.IsOutput(graph.Inputs[0].Tensor))
            return "its input is also an output";
        return null;
    }
}
