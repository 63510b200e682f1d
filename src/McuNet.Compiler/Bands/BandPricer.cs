using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Bands;

/// <summary>What a segment cut into bands costs if everything packs perfectly.</summary>
/// <param name="Macs">Multiply-accumulates of all bands together.</param>
public readonly record struct BandCost(int PeakBytes, double Cycles, long Macs);

/// <summary>
/// Prices segments cut into bands: only the segment is rewritten, and each band of it simulated as a segment of its own, because nothing
/// else lives where it begins and ends. Cycles of a kernel on a part of its columns are taken as a share of those on all of them.
/// </summary>
public sealed class BandPricer(NetworkGraph graph, ImmutableArray<KernelCall> kernels, InputMode input, int passes)
{
    /// <summary>Most multiply-accumulates of a banded segment, over those of the segment.</summary>
    public const double MacLimit = 1.5;

    /// <summary>Cycles of a call that do not depend on the number of columns.</summary>
    private const double FixedCycles = 150;

    private readonly ImmutableArray<TensorId?> _cuts = Cuts.Of(graph);
    private readonly ImmutableArray<int> _barriers = Barriers(graph);
    private readonly ImmutableArray<long> _macs = [.. graph.Nodes.Select(n => n.Operator.Macs(graph.TypesOf(n)))];

    /// <summary>
    /// A number of bytes below which the cut will not come: what it reads stays for all bands but the last, what they give stays, and what
    /// lives between shrinks at most by the number of bands. Null where one tensor does not live at both ends, or a node between needs
    /// whole rows.
    /// </summary>
    /// <param name="whole">Bytes of the segment without bands.</param>
    public int? LeastBytes(BandChoice choice, int whole)
    {
        if (
            choice.End - choice.First < 2
            || _cuts[choice.First] is not { } from
            || _cuts[choice.End] is not { } to
            || _barriers[choice.End] > _barriers[choice.First]
        )
            return null;
        if (Asks(choice) && choice.Bands > passes)
            return null;
        var (source, result) = (graph[from].Type, graph[to].Type);
        var stays =
            (Asks(choice) ? 0 : source.Bytes)
            + result.Bytes / result.Shape.Width * BandColumns.Share(result.Shape.Width, choice.Bands - 2, choice.Bands).End;
        return Math.Max(stays, (whole - source.Bytes - result.Bytes) / choice.Bands);
    }

    /// <summary>Whether the segment can be cut so, and how often its work is done stays within <see cref="MacLimit"/>.</summary>
    public bool IsWorthwhile(BandChoice choice) =>
        BandRewrite.WhyNot(graph, _cuts, choice) is null && Macs(choice) <= MacLimit * SegmentMacs(choice);

    public BandCost Price(BandChoice choice)
    {
        var banded = BandRewrite.Apply(Segment(choice), [choice with { First = 0, End = choice.End - choice.First }], Asks(choice));
        var rows = new NetworkRows(banded.Graph);
        var pricer = new SegmentPricer(
            rows,
            [.. banded.Graph.Nodes.Select(n => Kernel(banded, n, choice.First))],
            Asks(choice) ? InputMode.Rows : InputMode.Resident
        );
        var ends = banded.Segments[0].Starts.Skip(1).Append(banded.Segments[0].Join);
        var (peak, cycles) = (0, 0.0);
        foreach (var (first, end) in banded.Segments[0].Starts.Zip(ends))
        {
            var cost = pricer.Interleaved(first, end);
            (peak, cycles) = (Math.Max(peak, cost.PeakBytes), cycles + cost.Cycles);
        }
        return new(peak, cycles, banded.Graph.Macs);
    }

    /// <summary>By cut: how many nodes before it cannot be restricted to columns.</summary>
    private static ImmutableArray<int> Barriers(NetworkGraph graph)
    {
        var barriers = ImmutableArray.CreateBuilder<int>(graph.Nodes.Length + 1);
        barriers.Add(0);
        foreach (var node in graph.Nodes)
            barriers.Add(barriers[^1] + (node.Operator.Slice(graph.TypesOf(node), new(0, 1)) is null ? 1 : 0));
        return barriers.MoveToImmutable();
    }

    private bool Asks(BandChoice choice) => input == InputMode.Rows && graph.IsInput(_cuts[choice.First]!.Value);

    private long SegmentMacs(BandChoice choice) => _macs.AsSpan()[choice.First..choice.End].ToArray().Sum();

    private long Macs(BandChoice choice)
    {
        var result = _cuts[choice.End]!.Value;
        var sum = 0.0;
        for (var band = 0; band < choice.Bands; band++)
        {
            var columns = BandColumns.Of(
                graph,
                choice.First,
                choice.End,
                result,
                BandColumns.Share(graph[result].Type.Shape.Width, band, choice.Bands),
                out _
            )!;
            for (var n = choice.First; n < choice.End; n++)
            {
                var output = graph.Nodes[n].Output;
                if (columns.Nodes[n - choice.First] is not null)
                    sum += (double)_macs[n] * columns.Computed[output].Count / graph[output].Type.Shape.Width;
            }
        }
        return (long)sum;
    }

    /// <summary>The segment as a network of its own.</summary>
    private NetworkGraph Segment(BandChoice choice)
    {
        var (source, result) = (_cuts[choice.First]!.Value, _cuts[choice.End]!.Value);
        var nodes = graph.Nodes[choice.First..choice.End];
        var tensors = nodes.Select(n => n.Output).Prepend(source).ToArray();
        TensorId Place(TensorId tensor) => new(Array.IndexOf(tensors, tensor));
        GraphPort Port(TensorId tensor) => new(graph[tensor].Name, Place(tensor), [], graph[tensor].Type.Element);
        return new(
            graph.Name,
            [.. tensors.Select((t, i) => graph[t] with { Id = new(i) })],
            [.. nodes.Select((n, i) => n with { Id = new(i), Inputs = [.. n.Inputs.Select(Place)], Output = Place(n.Output) })],
            [Port(source)],
            [Port(result)]
        );
    }

    private KernelCall Kernel(BandedNetwork banded, Node node, int first)
    {
        var types = banded.Graph.TypesOf(node);
        if (banded.Origin[node.Id.Value] is var origin && origin < 0)
            return OperatorTable.Lower(node.Operator, types, new KernelTarget(KernelLanguage.C, DeviceFeatures.None));
        var whole = kernels[first + origin];
        var share = (double)types.Output.Shape.Width / graph[graph.Nodes[first + origin].Output].Type.Shape.Width;
        var fixedCycles = Math.Min(FixedCycles, whole.CyclesPerStep);
        return whole with { CyclesPerStep = fixedCycles + share * (whole.CyclesPerStep - fixedCycles) };
    }
}
