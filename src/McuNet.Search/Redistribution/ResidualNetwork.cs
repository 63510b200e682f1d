using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Search.Spaces;

namespace McuNet.Search.Redistribution;

/// <summary>
/// A network read as one of inverted residual blocks: its architecture, and the space of which it and others of the same stages are. An
/// expansion is the nearest whole number, as the compiler leaves out channels that are constant.
/// </summary>
public sealed class ResidualNetwork
{
    private readonly List<(int Out, int Stride, int Kernel, int Expand, bool Residual)> _blocks = [];
    private readonly NetworkGraph _graph;
    private int _next;

    private ResidualNetwork(NetworkGraph graph) => _graph = graph;

    /// <summary>The smallest space that holds networks with stages of the same channels and strides; the first is at the resolution of
    /// all.</summary>
    /// <returns>Why there is none as text where a network has another form.</returns>
    public static (SearchSpace? Space, ImmutableArray<Architecture> Networks, string? WhyNot) SpaceOf(
        string name,
        IReadOnlyList<NetworkGraph> graphs
    )
    {
        SearchSpace? space = null;
        var networks = ImmutableArray.CreateBuilder<Architecture>();
        foreach (var graph in graphs)
        {
            var (own, architecture, whyNot) = new ResidualNetwork(graph).Read(name);
            if (own is null)
                return (null, [], whyNot);
            networks.Add(architecture!);
            space = space is null ? own : Joined(space, own);
        }
        return (space, networks.ToImmutable(), null);
    }

    private static SearchSpace Joined(SearchSpace a, SearchSpace b) =>
        a with
        {
            First = a.First with { Kernel = Union(a.First.Kernel, b.First.Kernel) },
            Stages =
            [
                .. a.Stages.Zip(
                    b.Stages,
                    (x, y) =>
                        x with
                        {
                            Depth = Union(x.Depth, y.Depth),
                            Kernel = Union(x.Kernel, y.Kernel),
                            Expand = Union(x.Expand, y.Expand),
                        }
                ),
            ],
        };

    private static ImmutableArray<int> Union(ImmutableArray<int> a, ImmutableArray<int> b) => [.. a.Union(b).Order()];

    private (SearchSpace? Space, Architecture? Network, string? WhyNot) Read(string name)
    {
        var input = _graph[_graph.Inputs[0].Tensor].Type.Shape;
        if (input.Height != input.Width || Take<Conv2D>() is not { } stem)
            return (
                null,
                null,
                input.Height != input.Width ? $"its input of {input} is not square" : "it does not begin with a convolution"
            );
        while (Block()) { }
        var head = Peek() is Conv2D { Window.IsPointwise: true } conv ? conv.Weights.Dims[0] : 0;
        _next += head > 0 ? 1 : 0;
        if (_blocks.Count < 2 || Peek() is not (Mean or AveragePool))
            return (null, null, $"'{Here}' is no part of an inverted residual block, nor the pooling behind the last one");
        while (Peek() is Mean or AveragePool or Reshape)
            _next++;
        if (Peek() is not (Dense or Conv2D { Window.IsPointwise: true }))
            return (null, null, "no single classifier follows the pooling");
        var classes = _graph[_graph.Nodes[_next].Output].Type.Shape.Channels;
        var (first, stages) = (_blocks[0], Stages());
        if (first.Expand != 1)
            return (null, null, "its first block has an expansion");
        if (Residual(stages) is not { } rule)
            return (null, null, "which blocks add their input follows no rule of a search space");
        var space = new SearchSpace
        {
            Name = name,
            Resolutions = [input.Height],
            Widths = [1.0],
            InputChannels = input.Channels,
            Classes = classes,
            Rounding = new(1, 1, 1),
            Activation = stem.Clamp.Max is 6 ? Activation.Relu6 : Activation.Relu,
            Stem = new(stem.Weights.Dims[0], stem.Window.KernelHeight, stem.Window.StrideHeight),
            First = new(first.Out, [first.Kernel], first.Stride),
            HeadOut = head,
            Residual = rule,
            Stages =
            [
                .. stages.Select(s => new Stage(
                    s[0].Out,
                    s[0].Stride,
                    [s.Count],
                    Distinct(s.Select(b => b.Kernel)),
                    Distinct(s.Select(b => b.Expand)),
                    [1.0]
                )),
            ],
        };
        var network = new Architecture
        {
            Resolution = input.Height,
            Width = 1,
            FirstKernel = first.Kernel,
            Stages = [.. stages.Select(s => new StageChoice(1, [.. s.Select(b => new BlockChoice(b.Kernel, b.Expand))]))],
        };
        return Membership.WhyNot(space, network) is { } reason ? (null, null, reason) : (space, network, null);
    }

    private string Here => _next < _graph.Nodes.Length ? _graph.Nodes[_next].Name : _graph.Name;

    private static ImmutableArray<int> Distinct(IEnumerable<int> values) => [.. values.Distinct().Order()];

    private Operator? Peek(int ahead = 0) => _next + ahead < _graph.Nodes.Length ? _graph.Nodes[_next + ahead].Operator : null;

    private T? Take<T>()
        where T : Operator
    {
        if (Peek() is not T op)
            return null;
        _next++;
        return op;
    }

    /// <summary>Expansion, depthwise layer, projection, and a sum with the input of the block; the first and the last of these may be
    /// missing.</summary>
    private bool Block()
    {
        var (begin, input) = (_next, _graph.Nodes[_next].Inputs[0]);
        var channels = _graph[input].Type.Shape.Channels;
        var expanded = Peek() is Conv2D { Window.IsPointwise: true } expand ? expand.Weights.Dims[0] : channels;
        _next += Peek() is Conv2D { Window.IsPointwise: true } ? 1 : 0;
        if (Take<DepthwiseConv2D>() is not { Window: var window } || Take<Conv2D>() is not { Window.IsPointwise: true } project)
        {
            _next = begin;
            return false;
        }
        var residual = Peek() is Add && _graph.Nodes[_next].Inputs.Contains(input);
        _next += residual ? 1 : 0;
        _blocks.Add(
            (project.Weights.Dims[0], window.StrideHeight, window.KernelHeight, Math.Max(1, (expanded + channels / 2) / channels), residual)
        );
        return true;
    }

    /// <summary>A stage begins where the stride is two or the channels change.</summary>
    private List<List<(int Out, int Stride, int Kernel, int Expand, bool Residual)>> Stages()
    {
        var stages = new List<List<(int Out, int Stride, int Kernel, int Expand, bool Residual)>>();
        foreach (var block in _blocks.Skip(1))
        {
            if (stages.Count == 0 || block.Stride != 1 || block.Out != stages[^1][0].Out)
                stages.Add([]);
            stages[^1].Add(block);
        }
        return stages;
    }

    private ResidualRule? Residual(List<List<(int Out, int Stride, int Kernel, int Expand, bool Residual)>> stages)
    {
        if (stages.All(s => s.Select((b, i) => b.Residual == i > 0).All(r => r)))
            return ResidualRule.AfterFirst;
        var before = _blocks[0].Out;
        foreach (var block in stages.SelectMany(s => s))
        {
            if (block.Residual != (block.Stride == 1 && block.Out == before))
                return null;
            before = block.Out;
        }
        return ResidualRule.StrideOneEqual;
    }
}
