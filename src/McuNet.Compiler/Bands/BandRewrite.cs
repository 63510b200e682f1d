using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Bands;

/// <summary>
/// Rewrites segments of a network into bands of columns. Everything that follows sees ordinary nodes.
///
///   x -> conv -> conv -> y -> …      x -> slice -> conv -> conv ─┐
///                                    x -> slice -> conv -> conv ─┴> join -> y -> …
/// </summary>
public sealed class BandRewrite
{
    private readonly NetworkGraph _graph;
    private readonly bool _streamed;
    private readonly List<Tensor> _tensors = [];
    private readonly List<Node> _nodes = [];
    private readonly List<int> _origin = [];
    private readonly List<BandedSegment> _segments = [];
    private readonly TensorId[] _place;

    private BandRewrite(NetworkGraph graph, bool streamed)
    {
        (_graph, _streamed) = (graph, streamed);
        _place = new TensorId[graph.Tensors.Length];
        foreach (var port in graph.Inputs.DistinctBy(p => p.Tensor))
            _place[port.Tensor.Value] = AddTensor(graph[port.Tensor].Name, graph[port.Tensor].Type);
    }

    /// <param name="choices">In ascending order, none overlapping another; each with <see cref="WhyNot"/> null.</param>
    /// <param name="streamed">Whether the input of the network comes row by row, so that each band asks for its rows again.</param>
    public static BandedNetwork Apply(NetworkGraph graph, IReadOnlyList<BandChoice> choices, bool streamed)
    {
        var rewrite = new BandRewrite(graph, streamed);
        var cuts = Cuts.Of(graph);
        var next = 0;
        foreach (var choice in choices)
        {
            rewrite.Copy(next, choice.First);
            rewrite.Cut(choice, cuts[choice.First]!.Value, cuts[choice.End]!.Value);
            next = choice.End;
        }
        rewrite.Copy(next, graph.Nodes.Length);
        return new(rewrite.ToGraph(), [.. rewrite._origin], [.. rewrite._segments]);
    }

    /// <summary>Why a segment cannot be cut into bands, in words; null where it can.</summary>
    public static string? WhyNot(NetworkGraph graph, ImmutableArray<TensorId?> cuts, BandChoice choice)
    {
        if (cuts[choice.First] is not { } source || cuts[choice.End] is not { } result)
            return "more than one tensor lives where it begins or ends";
        if (!graph.Nodes[choice.First..choice.End].Any(n => n.Output == result))
            return "it does not compute what it ends with";
        var type = graph[result].Type;
        if (type.Shape.Width < choice.Bands)
            return $"its result has {type.Shape.Width} columns";
        for (var band = 0; band < choice.Bands; band++)
        {
            if (
                BandColumns.Of(
                    graph,
                    choice.First,
                    choice.End,
                    result,
                    BandColumns.Share(type.Shape.Width, band, choice.Bands),
                    out var refusing
                )
                is null
            )
                return $"'{refusing!.Name}' cannot be restricted to columns";
        }
        return null;
    }

    private NetworkGraph ToGraph()
    {
        GraphPort Moved(GraphPort port) => port with { Tensor = _place[port.Tensor.Value] };
        return new(_graph.Name, [.. _tensors], [.. _nodes], [.. _graph.Inputs.Select(Moved)], [.. _graph.Outputs.Select(Moved)])
        {
            States = _graph.States,
            Sliding = _graph.Sliding,
        };
    }

    private void Copy(int first, int end)
    {
        for (var n = first; n < end; n++)
        {
            var node = _graph.Nodes[n];
            _place[node.Output.Value] = Add(
                node.Name,
                node.Operator,
                [.. node.Inputs.Select(i => _place[i.Value])],
                _graph[node.Output].Name,
                _graph[node.Output].Type,
                n
            );
        }
    }

    private void Cut(BandChoice choice, TensorId source, TensorId result)
    {
        var (starts, parts) = (ImmutableArray.CreateBuilder<int>(), ImmutableArray.CreateBuilder<TensorId>());
        for (var band = 0; band < choice.Bands; band++)
        {
            var share = BandColumns.Share(_graph[result].Type.Shape.Width, band, choice.Bands);
            var columns =
                BandColumns.Of(_graph, choice.First, choice.End, result, share, out var refusing)
                ?? throw new ArgumentException($"'{refusing!.Name}' cannot be cut into bands");
            starts.Add(_nodes.Count);
            parts.Add(Band(choice, band, source, columns)[result].Tensor);
        }
        _segments.Add(new(choice, starts.ToImmutable(), _nodes.Count));
        var type = _graph[result].Type;
        _place[result.Value] = Add(
            $"{_graph.ProducerOf(result)!.Name} joined",
            new Concat { Axis = ConcatAxis.Columns },
            parts.ToImmutable(),
            _graph[result].Name,
            type,
            -1
        );
    }

    /// <summary>Where a tensor of the original network lies in a band, and which of its columns.</summary>
    private readonly record struct Part(TensorId Tensor, ColumnRange Columns);

    private Dictionary<TensorId, Part> Band(BandChoice choice, int band, TensorId source, BandColumns columns)
    {
        var suffix = $" band {band + 1} of {choice.Bands}";
        var parts = new Dictionary<TensorId, Part> { [source] = Source(source, band, columns.Computed[source], suffix) };
        var slices = new Dictionary<(TensorId, ColumnRange), TensorId>();
        for (var n = choice.First; n < choice.End; n++)
        {
            if (columns.Nodes[n - choice.First] is not { } slice)
                continue;
            var node = _graph.Nodes[n];
            var inputs = node
                .Inputs.Select((t, i) => Columns(parts[t], slice.Inputs[i], slices, _graph[t].Name + suffix))
                .ToImmutableArray();
            var (output, range) = (_graph[node.Output], columns.Computed[node.Output]);
            var type = output.Type with { Shape = output.Type.Shape with { Width = range.Count } };
            parts[node.Output] = new(Add(node.Name + suffix, slice.Operator, inputs, output.Name + suffix, type, n), range);
        }
        return parts;
    }

    /// <summary>What a band begins with: the whole tensor where it lies in memory; of rows that are delivered no more than the columns it
    /// needs.</summary>
    private Part Source(TensorId source, int band, ColumnRange needed, string suffix)
    {
        var type = _graph[source].Type;
        var whole = new Part(_place[source.Value], new(0, type.Shape.Width));
        if (!_streamed || !_graph.IsInput(source))
            return whole;
        if (band > 0)
            whole = whole with
            {
                Tensor = Add(
                    $"{_graph[source].Name} pass {band + 1}",
                    new Redelivery(),
                    [whole.Tensor],
                    $"{_graph[source].Name} pass {band + 1}",
                    type,
                    -1
                ),
            };
        return new(Columns(whole, needed, [], _graph[source].Name + suffix), needed);
    }

    private TensorId Columns(Part part, ColumnRange columns, Dictionary<(TensorId, ColumnRange), TensorId> slices, string name)
    {
        if (part.Columns == columns)
            return part.Tensor;
        if (slices.TryGetValue((part.Tensor, columns), out var known))
            return known;
        var type = _tensors[part.Tensor.Value].Type;
        var slice = SelectPixels.Columns(new(columns.Begin - part.Columns.Begin, columns.End - part.Columns.Begin), type.Shape.Height);
        var label = $"{name} columns {columns.Begin} to {columns.End}";
        return slices[(part.Tensor, columns)] = Add(
            label,
            slice,
            [part.Tensor],
            label,
            type with
            {
                Shape = type.Shape with { Width = columns.Count },
            },
            -1
        );
    }

    private TensorId Add(string name, Operator op, ImmutableArray<TensorId> inputs, string output, TensorType type, int origin)
    {
        var tensor = AddTensor(output, type);
        _nodes.Add(new Node(new(_nodes.Count), name, op, inputs, tensor));
        _origin.Add(origin);
        return tensor;
    }

    private TensorId AddTensor(string name, TensorType type)
    {
        var id = new TensorId(_tensors.Count);
        _tensors.Add(new Tensor(id, name, type));
        return id;
    }
}
