using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>From an integer graph to a compiled model: kernels, schedule, memory. Budgets are checked afterwards by <see cref="BudgetCheck"/>.</summary>
public static class ModelCompiler
{
    /// <summary>
    /// With the fastest kernels whose code and tables fit the flash, or the smallest where none do; where latency is the objective, with the fastest.
    /// </summary>
    /// <param name="footprint">What a model takes on the device; null for the estimate.</param>
    /// <param name="phases">Told of kernels, schedules, memory and check, once for each kernel set that is tried.</param>
    public static StageResult<CompiledModel> Compile(NetworkGraph graph, CompileOptions options, Func<CompiledModel, Footprint>? footprint = null, Phases? phases = null)
    {
        phases ??= Phases.Unobserved;
        if (graph.Nodes.IsEmpty)
            return StageResult<CompiledModel>.Failure(Diagnostic.Create(DiagnosticCatalog.NetworkEmpty, graph.Name));
        if (options.Input == InputMode.Rows && WhyNotStreamed(graph) is { } reason)
            return StageResult<CompiledModel>.Failure(Diagnostic.Create(DiagnosticCatalog.StreamedInputImpossible, graph.Name, reason));
        var model = options.Objective == Objective.Latency
            ? Compile(graph, options, KernelSet.Fast, phases)
            : FittingFlash(graph, options, footprint ?? Footprint.Estimate, phases);
        return Excess(model) is { } excess ? StageResult<CompiledModel>.Failure(excess) : StageResult<CompiledModel>.Success(model);
    }

    /// <summary>The first kernel set whose footprint fits, else the one of the smallest.</summary>
    private static CompiledModel FittingFlash(NetworkGraph graph, CompileOptions options, Func<CompiledModel, Footprint> footprint, Phases phases)
    {
        var (smallest, bytes) = ((CompiledModel?)null, int.MaxValue);
        foreach (var set in DeviceKernels.TargetOf(options.Device).Sets)
        {
            var model = Compile(graph, options, set, phases);
            var flash = footprint(model).Flash;
            if (flash <= options.FlashBudget)
                return model;
            if (flash < bytes)
                (smallest, bytes) = (model, flash);
        }
        return smallest!;
    }

    private static CompiledModel Compile(NetworkGraph graph, CompileOptions options, KernelSet set, Phases phases)
    {
        var lower = LowerFor(DeviceKernels.TargetOf(options.Device, set));
        var network = phases.Run("kernels", () => LoweredNetwork.Of(graph, lower));
        var front = phases.Run("schedules", () => new ScheduleFront(network, options.Delivery, lower));
        var points = phases.Run("schedules", () => front.Points);
        var choice = front.Choose(options.Objective, options.ArenaBudget);
        var (kernels, schedule, memory) = (choice.Network.Kernels, choice.Schedule, phases.Run("memory", () => choice.Memory));
        var pieces = options.Stepped ? Pieces(options.Device, choice.Network, schedule, set) : null;
        if (phases.Run("check", () => Fault(schedule) ?? (pieces is null ? null : Fault(schedule with { Steps = pieces.Steps }))) is { } fault)
            throw new InvalidOperationException($"the schedule of '{graph.Name}' does not hold: {fault}");
        if (choice.Network.Graph.Nodes.Select(n => KernelTypes.Mismatch(kernels[n.Id.Value], choice.Network.Graph.TypesOf(n))).FirstOrDefault(m => m is not null) is { } mismatch)
            throw new InvalidOperationException($"a kernel of '{graph.Name}' does not fit its tensors: {mismatch}");
        return new CompiledModel
        {
            Name = options.Name,
            SharedArena = options.SharedArena,
            KernelLinkage = options.KernelLinkage,
            WeightStorage = options.WeightStorage,
            Network = graph,
            Origin = choice.Network.Origin,
            Schedule = schedule,
            Pieces = pieces,
            Memory = memory,
            Kernels = kernels,
            KernelSet = set,
            Cycles = Cycles(options.Device, choice, set),
            NodeCycles = NodeCycles(options.Device, schedule, kernels, set),
            MacFactor = choice.Network.MacFactor,
            Pareto = [.. points.Select(p => new ParetoPoint(p.ArenaBytes, p.MacFactor, Cycles(options.Device, p, set), p.Layers))],
        };

        string? Fault(Schedule steps) => ScheduleVerifier.FindFault(steps, memory, n => kernels[n].ScratchBytes, n => kernels[n].StateBytes);
    }

    /// <summary>Binds the kernels of a target to nodes.</summary>
    public static Func<Node, NodeTypes, KernelCall> LowerFor(KernelTarget target) => (node, types) => OperatorTable.Lower(node.Operator, types, target);

    /// <summary>Bytes of constants that one inference reads at least once.</summary>
    public static int WeightBytes(IEnumerable<KernelCall> kernels) =>
        kernels.Sum(k => k.TableBytes);

    /// <summary>The first layer whose sizes its kernel has no fields for; those with weights always have one that does.</summary>
    private static Diagnostic? Excess(CompiledModel model)
    {
        foreach (var node in model.Graph.Nodes)
        {
            if (ParameterBlock.Excess(model.Kernels[node.Id.Value]) is var (field, value, most))
                return Diagnostic.Create(DiagnosticCatalog.LayerTooLarge, node.Name, node.Operator.Kind, model.Graph.TypesOf(node).Output.Shape.ToString(), field.Replace('_', ' '), value, most);
        }

        return null;
    }

    private static ImmutableArray<double> NodeCycles(Device device, Schedule schedule, ImmutableArray<KernelCall> kernels, KernelSet set)
    {
        var cycles = new double[kernels.Length];
        foreach (var step in schedule.Steps.Where(s => !s.IsInput))
            cycles[step.Node.Value] += SegmentPricer.CyclesOf(step, kernels[step.Node.Value]);
        return cycles.Select((c, n) => DeviceKernels.Scale(device, c, WeightBytes([kernels[n]]), set)).ToImmutableArray();
    }

    private static InferencePieces Pieces(Device device, LoweredNetwork network, Schedule schedule, KernelSet set) => InferencePieces.Of(
        schedule, network.Kernels, (step, cycles) => DeviceKernels.Scale(device, cycles, WeightBytes([network.Kernels[step.Node.Value]]), set));

    private static double Cycles(Device device, PlannedSchedule choice, KernelSet set) =>
        DeviceKernels.Scale(device, choice.Candidate.Cost.Cycles, WeightBytes(choice.Network.Kernels), set);

    private static string? WhyNotStreamed(NetworkGraph graph)
    {
        if (graph.Inputs.Length != 1)
            return $"it has {graph.Inputs.Length} inputs";
        if (graph.IsOutput(graph.Inputs[0].Tensor))
            return "its input is also an output";
        return null;
    }
}
