using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Report;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>How many bytes of the arena live in each call of a schedule.</summary>
internal sealed class LiveProfile
{
    private readonly MemoryPlan _memory;
    private readonly int[] _busiest;
    private readonly long[] _live;

    public LiveProfile(Schedule schedule, MemoryPlan memory)
    {
        _memory = memory;
        var steps = schedule.Steps;
        _live = new long[2 * steps.Length + 1];
        foreach (var life in _memory.Buffers.SelectMany(b => b.Live))
        {
            _live[life.Begin] += life.Hi - life.Lo;
            _live[life.End] -= life.Hi - life.Lo;
        }
        for (var t = 1; t < _live.Length; t++)
            _live[t] += _live[t - 1];
        _busiest = [.. Enumerable.Repeat(-1, schedule.Graph.Nodes.Length)];
        for (var c = 0; c < steps.Length; c++)
        {
            if (steps[c].IsInput)
                continue;
            ref var busiest = ref _busiest[steps[c].Node.Value];
            for (var t = 2 * c; t < 2 * c + 2; t++)
                busiest = busiest < 0 || _live[t] > _live[busiest] ? t : busiest;
        }
    }

    /// <summary>The most bytes that live in one call of a node; 0 where it is never called.</summary>
    public long Most(NodeId node) => _busiest[node.Value] < 0 ? 0 : _live[_busiest[node.Value]];

    /// <summary>The most that live during a segment. Buffers have two times for each call, and change at them alone.</summary>
    public long Most(Segment segment) => _live[(2 * segment.FirstStep)..(2 * segment.EndStep)].DefaultIfEmpty().Max();

    /// <summary>What those of a node are, largest first.</summary>
    public ImmutableArray<ReportShare> At(NodeId node)
    {
        var time = _busiest[node.Value];
        return
        [
            .. _memory
                .Buffers.SelectMany(b =>
                    b.Live.Where(l => l.Begin <= time && time < l.End).Select(l => new ReportShare(b.Name, l.Hi - l.Lo))
                )
                .Where(s => s.Bytes > 0)
                .OrderByDescending(s => s.Bytes),
        ];
    }

    /// <summary>
    /// By node of a network: the bytes that live while it runs where every tensor is whole from the layer that writes it to the last that
    /// reads it, and nothing takes the place of what dies. Inputs live from the start, outputs to the end.
    /// </summary>
    /// <param name="extra">By node: scratch and accumulators.</param>
    public static ImmutableArray<long> LayerByLayer(NetworkGraph graph, Func<NodeId, long> extra)
    {
        var (first, last) = (new int[graph.Tensors.Length], Enumerable.Repeat(-1, graph.Tensors.Length).ToArray());
        foreach (var node in graph.Nodes)
        {
            first[node.Output.Value] = last[node.Output.Value] = node.Id.Value;
            foreach (var input in node.Inputs)
                last[input.Value] = node.Id.Value;
        }
        foreach (var output in graph.Outputs)
            last[output.Tensor.Value] = graph.Nodes.Length;
        return
        [
            .. graph.Nodes.Select(n => extra(n.Id) + graph.Tensors.Where(t => Lives(t.Id.Value, n.Id.Value)).Sum(t => (long)t.Type.Bytes)),
        ];

        bool Lives(int tensor, int node) => first[tensor] <= node && node <= last[tensor];
    }
}
