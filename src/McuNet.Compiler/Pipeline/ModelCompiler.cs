using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Security.Cryptography;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.TfLite;
using McuNet.Diagnostics;
using McuNet.Options;

namespace McuNet.Compiler.Pipeline;

/// <summary>
/// The engine as functions: from the bytes of a model and what is asked for to files, or as far on that way as a caller wants to go.
/// </summary>
public static class ModelCompiler
{
    /// <summary>From the bytes of a model to files.</summary>
    /// <param name="path">Of the model, for messages.</param>
    /// <returns>Beside errors of <see cref="BudgetCheck"/> the compilation without files.</returns>
    public static StageResult<Compilation> Build(byte[] bytes, string path, CompileOptions options, CompilerTools? tools = null)
    {
        tools ??= new CompilerTools();
        var compiled = Compile(bytes, path, options, tools);
        if (!compiled.Succeeded)
            return compiled;
        var compilation = tools.Phases.Run("measure", () => compiled.Value.Measured(tools.CrossCompiler));
        var diagnostics = compiled
            .Diagnostics.AddRange(FloatCheck.Run(compilation))
            .AddRange(BudgetCheck.Run(compilation, tools))
            .AddRange(BudgetMargin.Run(compilation))
            .AddRange(NanoCheck.Run(compilation));
        if (diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
            return StageResult<Compilation>.Failure(diagnostics, compilation);
        var hash = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
        return StageResult<Compilation>.Success(tools.Phases.Run("emit", () => compilation.Emitted(hash, diagnostics)), diagnostics);
    }

    /// <summary>From the bytes of a model to programs and their footprint, whatever the budgets.</summary>
    public static StageResult<Compilation> Compile(byte[] bytes, string path, CompileOptions options, CompilerTools? tools = null) =>
        Prepared(bytes, path, options, tools ??= new CompilerTools()).Then(network => Scheduled(network, options, tools));

    /// <summary>From the bytes of a model to the integer network that is compiled, its states found.</summary>
    internal static StageResult<NetworkGraph> Prepared(byte[] bytes, string path, CompileOptions options, CompilerTools tools) =>
        Model(bytes, path, tools)
            .Then(model =>
                Network(model, options.Name, tools.Phases, tools.Observe)
                    .Then(graph => Prepared(graph, options with { States = States(model, options.States) }))
            );

    private static StageResult<NetworkGraph> Prepared(NetworkGraph graph, CompileOptions options) =>
        WithNodes(graph)
            .Then(network => WeightForms.Of(network, options.WeightFormat))
            .Then(network => NetworkStates.Of(network, options.States))
            .Then(network => NetworkSliding.Of(network, options.Hop, options.HopPadding));

    /// <summary>From the bytes of a model to its integer network.</summary>
    public static StageResult<NetworkGraph> Network(byte[] bytes, string path, string name, CompilerTools? tools = null) =>
        Model(bytes, path, tools ??= new CompilerTools()).Then(model => Network(model, name, tools.Phases, tools.Observe));

    private static StageResult<OnnxModel> Model(byte[] bytes, string path, CompilerTools tools) =>
        tools
            .Phases.Run("read", () => ModelReader.Read(bytes, path))
            .Then(model =>
                tools.Quantise is null ? StageResult<OnnxModel>.Success(model) : tools.Phases.Run("quantise", () => tools.Quantise(model))
            );

    /// <summary>What a model says of its states counts before a guess, and what the user says before both.</summary>
    private static StateChoice States(OnnxModel model, StateChoice choice) =>
        choice.Declared is null && !model.States.IsEmpty
            ? new([.. model.States.Select(s => $"{ShownText.Name(s.Input)}:{ShownText.Name(s.Output)}")])
            : choice;

    /// <summary>The integer network of a model.</summary>
    /// <param name="observe">Is told the network after the import and after each pass.</param>
    public static StageResult<NetworkGraph> Network(
        OnnxModel model,
        string name,
        Phases? phases = null,
        Action<string, NetworkGraph>? observe = null
    )
    {
        phases ??= Phases.Unobserved;
        return phases
            .Run("import", () => ModelImporter.Import(model, name))
            .Then(graph =>
            {
                observe?.Invoke("import", graph);
                return phases.Run("passes", () => PassPipeline.Run(graph, observe));
            });
    }

    /// <summary>
    /// An integer network with the fastest kernels whose code and tables fit the flash, or the smallest where none do; where latency is the
    /// objective, with the fastest. The footprint is measured where the estimate leaves open whether it fits.
    /// </summary>
    public static StageResult<Compilation> Compile(NetworkGraph graph, CompileOptions options, CompilerTools? tools = null) =>
        Prepared(graph, options).Then(network => Scheduled(network, options, tools ?? new CompilerTools()));

    /// <summary>A network whose outputs are its inputs copies them: code has something to do then, and each port a place of its
    /// own.</summary>
    private static StageResult<NetworkGraph> WithNodes(NetworkGraph graph)
    {
        if (!graph.Nodes.IsEmpty)
            return StageResult<NetworkGraph>.Success(graph);
        var editor = new GraphEditor(graph);
        for (var o = 0; o < editor.Outputs.Count; o++)
        {
            var (port, type) = (editor.Outputs[o], editor.TypeOf(editor.Outputs[o].Tensor));
            var copy = editor.AddTensor(port.Name, type);
            editor.Add(port.Name, new Reshape { Shape = type.Shape }, [port.Tensor], copy);
            editor.Outputs[o] = port with { Tensor = copy };
        }

        return StageResult<NetworkGraph>.Success(editor.ToGraph(), [Diagnostic.Create(DiagnosticCatalog.NetworkEmpty, graph.Name)]);
    }

    private static StageResult<Compilation> Scheduled(NetworkGraph graph, CompileOptions options, CompilerTools tools)
    {
        if (options.Input == InputMode.Rows && WhyNotStreamed(graph) is { } reason)
            return StageResult<Compilation>.Failure(Diagnostic.Create(DiagnosticCatalog.StreamedInputImpossible, graph.Name, reason));
        if (!graph.States.IsEmpty && options.SharedArena is { } arena)
            return StageResult<Compilation>.Failure(
                Diagnostic.Create(DiagnosticCatalog.StatesInSharedArena, graph.Name, arena, graph.States.Length)
            );
        if (options.Preprocess is { } range && WhyNoPixels(graph, range) is { } why)
            return StageResult<Compilation>.Failure(Diagnostic.Create(DiagnosticCatalog.PreprocessUnsuitable, graph.Name, range.Text, why));
        var compilation =
            options.Objective == Objective.Latency
                ? Compile(graph, options, Sets(options)[0], tools) with
                {
                    Fitting = new(() => FittingFlash(graph, options with { Objective = Objective.Fit }, new CompilerTools())),
                }
                : FittingFlash(graph, options, tools);
        return Excess(compilation.Model) is { } excess
            ? StageResult<Compilation>.Failure(excess)
            : StageResult<Compilation>.Success(compilation);
    }

    /// <summary>With the first kernel set whose footprint fits, else with the one of the smallest.</summary>
    private static Compilation FittingFlash(NetworkGraph graph, CompileOptions options, CompilerTools tools)
    {
        Compilation? smallest = null;
        foreach (var set in Sets(options))
        {
            var compilation = Closely(Compile(graph, options, set, tools), tools.CrossCompiler);
            if (compilation.Footprint.Flash <= options.FlashBudget)
                return compilation;
            if (smallest is null || compilation.Footprint.Flash < smallest.Footprint.Flash)
                smallest = compilation;
        }
        return smallest!;
    }

    /// <summary>The sets that may be used on a device, fastest first; the smallest that it has where all are faster than what was asked
    /// for.</summary>
    private static ImmutableArray<KernelSet> Sets(CompileOptions options)
    {
        var all = DeviceKernels.TargetOf(options.Device).Sets;
        return [.. all.Where(s => s >= options.KernelSet).DefaultIfEmpty(all[^1])];
    }

    /// <summary>Measured where the estimate of the code leaves open whether it fits.</summary>
    private static Compilation Closely(Compilation compilation, ICrossCompiler? compiler)
    {
        var left = compilation.Options.FlashBudget - compilation.Footprint.Weights;
        return left > 2L * compilation.Footprint.Code || left < 0 ? compilation : compilation.Measured(compiler);
    }

    private static Compilation Compile(NetworkGraph graph, CompileOptions options, KernelSet set, CompilerTools tools)
    {
        var (target, phases) = (DeviceKernels.TargetOf(options.Device, set), tools.Phases);
        var lower = LowerFor(target);
        var front = (tools.Fronts ?? new()).Of(
            target,
            options.Delivery,
            () => phases.Run("kernels", () => LoweredNetwork.Of(graph, lower)),
            network => phases.Run("schedules", () => new ScheduleFront(network, options.Delivery, lower))
        );
        var points = phases.Run("schedules", () => front.Points);
        var choice = phases.Run(
            "schedules",
            () => front.Choose(options.Objective, options.ArenaBudget, p => PlacedSchedule.Of(p, options, set), options.IsInTime)
        );
        var schedule = choice.Schedule;
        var placed = phases.Run("memory", () => PlacedSchedule.Of(choice, options, set));
        var (kernels, memory) = (placed.Kernels, placed.Memory);
        var pieces = options.Stepped ? Pieces(options.Device, schedule, kernels, set) : null;
        if (
            phases.Run("check", () => Fault(schedule) ?? (pieces is null ? null : Fault(schedule with { Steps = pieces.Steps }))) is
            { } fault
        )
            throw new InvalidOperationException($"the schedule of '{graph.Name}' does not hold: {fault}");
        if (
            choice
                .Network.Graph.Nodes.Select(n => KernelTypes.Mismatch(kernels[n.Id.Value], choice.Network.Graph.TypesOf(n)))
                .FirstOrDefault(m => m is not null) is
            { } mismatch
        )
            throw new InvalidOperationException($"a kernel of '{graph.Name}' does not fit its tensors: {mismatch}");
        var model = new CompiledModel
        {
            Name = options.Name,
            SharedArena = options.SharedArena,
            Preprocess = options.Preprocess,
            KernelLinkage = options.KernelLinkage,
            WeightStorage = options.WeightStorage,
            Network = graph,
            Origin = choice.Network.Origin,
            Schedule = schedule,
            Pieces = pieces,
            Memory = memory,
            Kernels = kernels,
            KernelSet = set,
            Cycles = placed.Cycles,
            NodeCycles = placed.NodeCycles,
            SavedByMemory = placed.SavedByMemory,
            IdealNodeCycles = NodeCycles(
                options.Device.WithIdealMemory(),
                schedule,
                [.. kernels.Select(k => k with { Flash = null })],
                set
            ),
            MacFactor = choice.MacFactor,
            Faster = options.Objective == Objective.Fit ? Faster(front.Fastest(options.ArenaBudget), placed.Cycles, options, set) : null,
            Pareto = [.. points.Select(p => new ParetoPoint(p.ArenaBytes, p.MacFactor, PriceOf(options.Device, p, set), p.Layers))],
        };
        var program = ProgramBuilder.C(model);
        return new()
        {
            Model = model,
            Options = options,
            Front = front,
            Choice = choice,
            Program = program,
            Footprint = Footprint.Estimate(program),
        };

        string? Fault(Schedule steps) =>
            ScheduleVerifier.FindFault(steps, memory, n => kernels[n].ScratchBytes, n => kernels[n].StateBytes);
    }

    /// <summary>Binds the kernels of a target to nodes.</summary>
    public static Func<Node, NodeTypes, KernelCall> LowerFor(KernelTarget target) =>
        (node, types) => OperatorTable.Lower(node.Operator, types, target);

    /// <summary>Bytes of constants that one inference reads at least once.</summary>
    public static int WeightBytes(IEnumerable<KernelCall> kernels) => kernels.Sum(k => k.TableBytes);

    /// <summary>The first layer whose sizes its kernel has no fields for; those with weights always have one that does.</summary>
    private static Diagnostic? Excess(CompiledModel model)
    {
        foreach (var node in model.Graph.Nodes)
        {
            if (ParameterBlock.Excess(model.Kernels[node.Id.Value]) is var (field, value, most))
                return Diagnostic.Create(
                    DiagnosticCatalog.LayerTooLarge,
                    node.Name,
                    node.Operator.Kind,
                    model.Graph.TypesOf(node).Output.Shape.ToString(),
                    field.Replace('_', ' '),
                    value,
                    most
                );
        }

        return null;
    }

    /// <summary>Cycles on the device by node.</summary>
    /// <param name="kernels">By node, as <see cref="KernelSharing.Priced"/> has them.</param>
    public static ImmutableArray<double> NodeCycles(Device device, Schedule schedule, ImmutableArray<KernelCall> kernels, KernelSet set)
    {
        var cycles = kernels.Select(k => k.CopyCycles).ToArray();
        var before = -1;
        foreach (var step in schedule.Steps.Where(s => !s.IsInput))
        {
            cycles[step.Node.Value] += SegmentPricer.CyclesOf(step, kernels[step.Node.Value], again: step.Node.Value == before);
            before = step.Node.Value;
        }

        return cycles.Select((c, n) => DeviceKernels.Scale(device, c, WeightBytes([kernels[n]]), set)).ToImmutableArray();
    }

    private static InferencePieces Pieces(Device device, Schedule schedule, ImmutableArray<KernelCall> kernels, KernelSet set) =>
        InferencePieces.Of(
            schedule,
            kernels,
            (step, cycles) => DeviceKernels.Scale(device, cycles, WeightBytes([kernels[step.Node.Value]]), set)
        );

    /// <summary>Cycles of a schedule on the device by the prices of the search.</summary>
    private static double PriceOf(Device device, PlannedSchedule choice, KernelSet set) =>
        DeviceKernels.Scale(device, choice.Candidate.Cost.Cycles, WeightBytes(choice.Network.Kernels), set);

    private static FasterSchedule? Faster(PlannedSchedule? fastest, double cycles, CompileOptions options, KernelSet set) =>
        fastest is not null && PlacedSchedule.Of(fastest, options, set) is var placed && placed.Cycles < cycles
            ? new(fastest.ArenaBytes + placed.Memory.WeightBytes, 1 - placed.Cycles / cycles)
            : null;

    private static string? WhyNoPixels(NetworkGraph graph, PixelRange range)
    {
        var first = graph.Inputs.Where((_, i) => !graph.IsStateInput(i)).First();
        var channels = graph[first.Tensor].Type.Shape.Channels;
        if (channels is not (1 or 3))
            return $"its first input has {channels} channels, and an image has 1 or 3";
        return range.Means.Count > channels ? $"there are {range.Means.Count} means, and the input has {channels} channels" : null;
    }

    /// <summary>What keeps the input of a network from being delivered row by row; null where nothing does.</summary>
    internal static string? WhyNotStreamed(NetworkGraph graph)
    {
        if (!graph.States.IsEmpty)
            return "it keeps states between inferences";
        if (graph.Inputs.Length != 1)
            return $"it has {graph.Inputs.Length} inputs";
        if (graph.IsOutput(graph.Inputs[0].Tensor))
            return "its input is also an output";
        return null;
    }
}
