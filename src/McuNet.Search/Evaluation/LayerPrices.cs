using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Scheduling;

namespace McuNet.Search.Evaluation;

/// <summary>A layer's kernel, and what the layer costs when it runs alone, its tensors whole.</summary>
/// <param name="ByRows">Its rows one after the other.</param>
/// <param name="AsOne">All its rows as one step; null where it cannot.</param>
internal sealed record LayerPrice(KernelCall Kernel, SegmentCost ByRows, SegmentCost? AsOne)
{
    /// <summary>Whether all rows run as one step: where that is no slower and keeps within so many bytes.</summary>
    public bool IsJoined(int mostBytes) => AsOne is { } joined && joined.Cycles <= ByRows.Cycles && joined.PeakBytes <= mostBytes;

    public SegmentCost Alone(int mostBytes) => IsJoined(mostBytes) ? AsOne!.Value : ByRows;
}

/// <summary>
/// Prices of layers, each found once: random networks of a space share most of theirs. Bytes and cycles come from the scheduler's own
/// <see cref="SegmentPricer"/> on a network of that layer alone.
/// </summary>
internal sealed class LayerPrices(KernelTarget target)
{
    private readonly ConcurrentDictionary<LayerKey, LayerPrice> _known = new();

    /// <param name="keepsInput">Whether a later layer reads the first input again, so that it must not be overwritten.</param>
    /// <param name="mode">How the layer's input arrives: only the network's own can come in rows.</param>
    public LayerPrice Of(Node node, NodeTypes types, bool keepsInput, InputMode mode) =>
        _known.GetOrAdd(LayerKey.Of(node.Operator, types, keepsInput, mode), key => Find(node.Operator, types, key));

    /// <summary>The kernel that a layer has on the target, from shapes alone.</summary>
    public KernelCall OutlineOf(Operator op, NodeTypes types) => OperatorTable.Outline(op, types, target);

    private LayerPrice Find(Operator op, NodeTypes types, LayerKey key)
    {
        var kernel = OutlineOf(op, types);
        var rows = new NetworkRows(Alone(op, types, key.KeepsInput));
        var pricer = new SegmentPricer(rows, [kernel], key.Mode);
        var apart = pricer.Interleaved(0, 1);
        if (key.Mode != InputMode.Resident || !SegmentPricer.MayJoin(rows, 0, kernel))
            return new(kernel, apart, null);
        return new(kernel, apart, pricer.Joined(0));
    }

    private static NetworkGraph Alone(Operator op, NodeTypes types, bool keepsInput)
    {
        var tensors = types.Inputs.Append(types.Output).Select((type, t) => new Tensor(new TensorId(t), $"t{t}", type)).ToImmutableArray();
        var inputs = tensors[..^1].Select(Port).ToImmutableArray();
        var output = Port(tensors[^1]);
        return new NetworkGraph(
            "layer",
            tensors,
            [new Node(new NodeId(0), "layer", op, [.. inputs.Select(i => i.Tensor)], tensors[^1].Id)],
            inputs,
            keepsInput ? [output, inputs[0]] : [output]
        );

        static GraphPort Port(Tensor tensor) => new(tensor.Name, tensor.Id, [tensor.Type.Shape.Elements], tensor.Type.Element);
    }
}
