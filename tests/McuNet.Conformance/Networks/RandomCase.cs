using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;

namespace McuNet.Conformance.Networks;

/// <summary>A random network, compiled for one of some devices: the choice of the search, or random cuts, with random bands of columns in
/// half of them, in pieces in a third, on each of the kernel sets, on real numbers in some. All from the seed.</summary>
internal sealed record RandomCase(int Seed, NetworkPlan Plan, CompiledModel Model)
{
    public const int InputCount = 2;

    private readonly ConcurrentDictionary<int, ImmutableArray<byte[]>> _expected = new();

    public DeviceProgram Program { get; } = ProgramBuilder.C(Model);

    /// <summary>What the reference evaluator gives.</summary>
    public ImmutableArray<byte[]> Expected(int input) =>
        _expected.GetOrAdd(input, i => [.. ReferenceEvaluator.Run(Model.Network, [Input(i)]).Select(o => o.Bytes)]);

    public TensorData Input(int index) => RandomNetwork.Input(Model.Network, Seed * 10 + index);

    public static RandomCase Create(int seed, params string[] devices) => Create(NetworkPlan.Of(seed), seed, devices);

    /// <param name="seed">Of everything but the network.</param>
    public static RandomCase Create(NetworkPlan plan, int seed, params string[] devices)
    {
        var random = new Random(~seed);
        var graph = InOtherNumbers(RandomNetwork.Build(plan, $"random_{seed}"), seed);
        var device = DeviceDatabase.Find(devices[random.Next(devices.Length)]).Value;
        var compiled = ModelCompiler.Compile(
            graph,
            new CompileOptions
            {
                Name = $"n{seed}",
                Device = device,
                Objective = (Objective)random.Next(3),
                Input = graph.IsOutput(graph.Inputs[0].Tensor) ? InputMode.Resident : (InputMode)random.Next(2),
                InputPasses = 1 + random.Next(4),
            }
        );
        var sets = DeviceKernels.TargetOf(device).Sets;
        var target = DeviceKernels.TargetOf(device, sets[seed % sets.Length]);
        return compiled.Succeeded
            ? new RandomCase(
                seed,
                plan,
                InPieces(
                    random.Next(4) switch
                    {
                        0 => compiled.Value.Model,
                        1 => Recut(compiled.Value.Model, compiled.Value.Model.Graph, target, seed),
                        _ => Banded(compiled.Value.Model, target, seed),
                    },
                    seed
                )
            )
            : throw new InvalidOperationException($"seed {seed}: {string.Join("\n", compiled.Diagnostics.Select(d => d.Message))}");
    }

    /// <summary>One in five on real numbers, one in five on real numbers from some node on, one in five by weights of four bits.</summary>
    private static NetworkGraph InOtherNumbers(NetworkGraph graph, int seed) =>
        (seed % 5) switch
        {
            2 => RealNetwork.Of(graph, 0),
            3 => NarrowNetwork.Of(graph),
            4 => RealNetwork.Of(graph, seed / 5 % graph.Nodes.Length),
            _ => graph,
        };

    private static CompiledModel InPieces(CompiledModel model, int seed) =>
        seed % 3 != 0 ? model : model with { Pieces = InferencePieces.Of(model.Schedule, model.Kernels, (_, cycles) => cycles) };

    private static CompiledModel Banded(CompiledModel model, KernelTarget target, int seed)
    {
        var banded = BandRewrite.Apply(model.Network, RandomBands.Choose(model.Network, seed), model.StreamsInput);
        return Recut(model with { Origin = banded.Origin }, banded.Graph, target, seed);
    }

    private static CompiledModel Recut(CompiledModel model, NetworkGraph graph, KernelTarget target, int seed)
    {
        var rows = new NetworkRows(graph);
        var offered = OfferedKernels.Of(graph, target);
        var schedule = RandomSchedule.Build(rows, model.Schedule.Input, offered, seed);
        var kernels = schedule.Called(offered);
        return model with { Schedule = schedule, Kernels = kernels, Memory = MemoryPlanner.Plan(schedule, kernels, ArenaOptions.Brief) };
    }
}
