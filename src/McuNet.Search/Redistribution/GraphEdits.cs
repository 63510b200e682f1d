using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Search.Redistribution;

/// <summary>A change of a network that moves its receptive field.</summary>
/// <param name="Node">Name of the layer, or of the sum that ends a block.</param>
public abstract record GraphEdit(string Node);

/// <summary>A square kernel of another size, padded so that all sizes stay.</summary>
public sealed record KernelEdit(string Node, int From, int To) : GraphEdit(Node);

/// <summary>A residual block left out.</summary>
public sealed record BlockEdit(string Node) : GraphEdit(Node);

/// <summary>Networks that differ from another in one kernel or one block. New kernels have dimensions and no weights: what counts is
/// shapes.</summary>
internal static class GraphEdits
{
    private const int LargestKernel = 7;

    /// <summary>Each kernel of nodes [0, end) two rows and columns smaller, and each residual block of them left out. A kernel keeps at
    /// least the size of its stride.</summary>
    public static IEnumerable<(NetworkGraph Graph, GraphEdit Edit)> Reductions(NetworkGraph graph, int end)
    {
        foreach (var node in graph.Nodes[..end])
        {
            if (KernelOf(node) is { } window && window.KernelHeight - 2 >= window.StrideHeight)
                yield return (Resized(graph, node, -2), new KernelEdit(node.Name, window.KernelHeight, window.KernelHeight - 2));
            if (node.Operator is Add && Without(graph, node) is { } shorter)
                yield return (shorter, new BlockEdit(node.Name));
        }
    }

    /// <summary>Each kernel of nodes [end, last) two rows and columns larger.</summary>
    public static IEnumerable<(NetworkGraph Graph, GraphEdit Edit)> Enlargements(NetworkGraph graph, int end)
    {
        foreach (var node in graph.Nodes[end..])
        {
            if (
                KernelOf(node) is { } window
                && (node.Operator is DepthwiseConv2D || window.KernelHeight > 1)
                && window.KernelHeight + 2 <= LargestKernel
                && window.KernelHeight + 2 <= graph[node.Inputs[0]].Type.Shape.Height
            )
                yield return (Resized(graph, node, 2), new KernelEdit(node.Name, window.KernelHeight, window.KernelHeight + 2));
        }
    }

    /// <summary>The window of a convolution with a square odd kernel, padded as far as it reaches over the input; null of other
    /// nodes.</summary>
    private static Window? KernelOf(Node node) =>
        node.Operator is Conv2D { Groups: 1 } or DepthwiseConv2D
        && ((IWindowed)node.Operator).Window is { DilationHeight: 1, DilationWidth: 1 } window
        && window.KernelHeight == window.KernelWidth
        && window.StrideHeight == window.StrideWidth
        && window.KernelHeight % 2 == 1
        && IsPadded(window, window.PadTop, window.PadBottom)
        && IsPadded(window, window.PadLeft, window.PadRight)
            ? window
            : null;

    /// <summary>Behind the last stride less of it may be.</summary>
    private static bool IsPadded(Window window, int before, int after) =>
        int.Max(before, after) >= window.KernelHeight / 2 && int.Min(before, after) >= (window.KernelHeight - window.StrideHeight) / 2;

    private static NetworkGraph Resized(NetworkGraph graph, Node node, int by)
    {
        var window = ((IWindowed)node.Operator).Window;
        var (side, pad) = (window.KernelHeight + by, by / 2);
        var resized = window with
        {
            KernelHeight = side,
            KernelWidth = side,
            PadTop = window.PadTop + pad,
            PadLeft = window.PadLeft + pad,
            PadBottom = window.PadBottom + pad,
            PadRight = window.PadRight + pad,
        };
        Operator op = node.Operator switch
        {
            DepthwiseConv2D depthwise => depthwise with
            {
                Window = resized,
                Weights = Blank(depthwise.Weights, side, side, depthwise.Weights.Dims[2]),
            },
            Conv2D conv => conv with
            {
                Window = resized,
                Weights = Blank(conv.Weights, conv.Weights.Dims[0], side, side, conv.Weights.Dims[3]),
            },
            var other => other,
        };
        return graph with { Nodes = graph.Nodes.SetItem(node.Id.Value, node with { Operator = op }) };
    }

    private static ConstantTensor Blank(ConstantTensor weights, params int[] dims) => weights with { Dims = [.. dims], Data = [] };

    /// <summary>Without what a sum adds to one of its inputs; null where that is not computed from the other alone.</summary>
    private static NetworkGraph? Without(NetworkGraph graph, Node add)
    {
        var inputs = add.Inputs.OrderBy(i => graph.ProducerOf(i)?.Id.Value ?? -1).ToArray();
        var (source, end) = (inputs[0], inputs[1]);
        var (block, pending) = (new HashSet<NodeId>(), new Stack<TensorId>([end]));
        while (pending.TryPop(out var tensor))
        {
            if (tensor == source)
                continue;
            if (
                graph.ProducerOf(tensor) is not { } node
                || graph.IsOutput(tensor)
                || graph.Nodes.Any(n => n.Inputs.Contains(tensor) && n.Id != add.Id && !block.Contains(n.Id))
            )
                return null;
            if (block.Add(node.Id))
            {
                foreach (var input in node.Inputs)
                    pending.Push(input);
            }
        }
        var editor = new GraphEditor(graph);
        editor.Redirect(add.Output, source);
        return editor.ToGraph();
    }
}
