using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Scheduling;
using McuNet.Search.Spaces;

namespace McuNet.Search.Evaluation;

/// <summary>
/// Evaluates networks of a space by the compiler itself: the same integer network, scheduler, planner and size model as a build, with
/// kernels outlined from shapes (<see cref="OperatorRow.Outline"/>) so that no weights are needed. Safe for concurrent use; a network is
/// evaluated once.
/// </summary>
public sealed class ResourceEvaluator(SearchSpace space, EvaluationTarget target)
{
    private readonly LayerPrices _prices = new(DeviceKernels.TargetOf(target.Options.Device));
    private readonly ConcurrentDictionary<Architecture, Resources> _known = new();

    public SearchSpace Space => space;

    public EvaluationTarget Target => target;

    public Resources Evaluate(Architecture architecture) => _known.GetOrAdd(architecture, a => Compute(a, [target.Options])[0]);

    /// <summary>All of them, in order, on all cores.</summary>
    public ImmutableArray<Resources> Evaluate(IReadOnlyList<Architecture> architectures)
    {
        var results = new Resources[architectures.Count];
        Parallel.For(0, results.Length, i => results[i] = Evaluate(architectures[i]));
        return [.. results];
    }

    /// <summary>What a network needs under each of several SRAM budgets, in order: another budget can mean another schedule. The schedules
    /// are looked for once.</summary>
    public ImmutableArray<Resources> Under(Architecture architecture, ImmutableArray<long> sramBudgets) =>
        Compute(
            architecture,
            [.. sramBudgets.Select(s => target.Options with { Budgets = target.Options.Budgets with { SramBytes = s } })]
        );

    private ImmutableArray<Resources> Compute(Architecture architecture, ImmutableArray<CompileOptions> builds)
    {
        var graph = ArchitectureGraph.Of(space, architecture);
        var layers = Priced(graph);
        var network = new LoweredNetwork(
            new NetworkRows(graph),
            [.. layers.Select(l => l.Price.Kernel)],
            [.. graph.Nodes.Select(n => n.Id.Value)],
            1.0
        );
        if (target.Mode == ScheduleMode.Layers)
            return [.. builds.Select(options => OneByOne(network, layers, options))];
        var front = new ScheduleFront(
            network,
            target.Options.Delivery,
            target.Mode == ScheduleMode.Bands ? (node, types) => _prices.OutlineOf(node.Operator, types) : null
        );
        return
        [
            .. builds.Select(options =>
            {
                var choice = front.Choose(
                    options.Objective,
                    options.ArenaBudget,
                    p => PlacedSchedule.Of(p, options, KernelSet.Fast),
                    options.IsInTime
                );
                var placed = PlacedSchedule.Of(choice, options, KernelSet.Fast);
                return Needed(graph.Macs, choice.Network, choice.Schedule, placed.Memory.ArenaBytes, placed.Cycles);
            }),
        ];
    }

    private Resources OneByOne(LoweredNetwork network, (LayerPrice Price, int Waiting)[] layers, CompileOptions options)
    {
        var room = layers.Select(l => (int)options.ArenaBudget(layers.Length) - l.Waiting).ToArray();
        var alone = layers.Select((l, n) => l.Price.Alone(room[n])).ToArray();
        var schedule = OneByOne(network.Rows, [.. layers.Select((l, n) => l.Price.IsJoined(room[n]))]);
        var called = network.CalledBy(schedule);
        return Needed(
            network.Graph.Macs,
            called,
            schedule,
            alone.Zip(layers, (a, l) => a.PeakBytes + l.Waiting).Max(),
            DeviceKernels.Scale(options.Device, alone.Sum(a => a.Cycles), ModelCompiler.WeightBytes(called.Kernels))
        );
    }

    /// <param name="macs">Of the network as given.</param>
    /// <param name="network">As the schedule runs it, with the kernels that it calls.</param>
    /// <param name="onDevice">Cycles.</param>
    private Resources Needed(long macs, LoweredNetwork network, Schedule schedule, int arenaBytes, double onDevice)
    {
        var device = target.Options.Device;
        var footprint = Footprint.Estimate(network, schedule);
        return new Resources(
            arenaBytes + footprint.Stack,
            arenaBytes,
            footprint.Flash,
            footprint.Weights,
            macs,
            network.MacFactor,
            onDevice,
            device.Milliseconds(onDevice),
            device.Millijoules(onDevice),
            Describe(schedule, network.Origin)
        );
    }

    /// <summary>The price of every layer alone, and the bytes that later layers wait for while it runs.</summary>
    private (LayerPrice Price, int Waiting)[] Priced(NetworkGraph graph)
    {
        var lastUse = new int[graph.Tensors.Length];
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs)
                lastUse[input.Value] = node.Id.Value;
        }
        var prices = new (LayerPrice, int)[graph.Nodes.Length];
        foreach (var node in graph.Nodes)
        {
            var n = node.Id.Value;
            var input = node.Inputs[0];
            var mode = n == 0 ? target.Options.Input : InputMode.Resident;
            prices[n] = (_prices.Of(node, graph.TypesOf(node), lastUse[input.Value] > n, mode), Waiting(graph, node, lastUse));
        }
        return prices;
    }

    /// <summary>Bytes written before a layer and read only after it. Sources of additions are the only such tensors in these
    /// networks.</summary>
    private static int Waiting(NetworkGraph graph, Node node, int[] lastUse)
    {
        var bytes = 0;
        for (var t = 0; t < graph.Tensors.Length && t <= node.Id.Value; t++)
        {
            if (lastUse[t] > node.Id.Value && !node.Inputs.Contains(new TensorId(t)))
                bytes += graph.Tensors[t].Type.Bytes;
        }
        return bytes;
    }

    private Schedule OneByOne(NetworkRows rows, bool[] joined) =>
        new(
            rows,
            target.Options.Input,
            [.. joined.Select((j, n) => new ScheduleStep(new(n), 0, rows.Dependencies[n].Steps, j))],
            [.. joined.Select((_, n) => new Segment(n, n + 1, n, n + 1))]
        );

    private static string Describe(Schedule schedule, ImmutableArray<int> origin)
    {
        var copied = origin.Where(o => o >= 0).CountBy(o => o).Where(c => c.Value > 1).Select(c => c.Key).ToHashSet();
        return string.Join(
            ' ',
            schedule.Segments.Select(s =>
            {
                var isBand = origin[s.FirstNode..s.EndNode].Any(copied.Contains);
                return $"{s.Nodes}{(schedule.IsWhole(s) ? "w" : "")}{(isBand ? "b" : "")}";
            })
        );
    }
}
