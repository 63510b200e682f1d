using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// Operators that together compute a byte of their result from one byte at the same place of one tensor, and whose results nobody else
/// reads, become one table: SiLU written as Sigmoid and Mul, hard swish in four operators, an island of real numbers between two bytes.
/// </summary>
internal static class TabulateChains
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var last in graph.Nodes.Reverse())
        {
            if (editor.ProducerOf(last.Output) == last && IsByte(editor.TypeOf(last.Output)) && Chain(editor, last) is var (source, nodes))
                Tabulate(editor, last, source, nodes);
        }

        return editor.ToGraph();
    }

    /// <summary>
    /// The longest chain that ends with a node and begins with one tensor, in the order of computation; null where there are not two
    /// operators.
    /// </summary>
    private static (TensorId Source, ImmutableArray<Node> Nodes)? Chain(GraphEditor editor, Node last)
    {
        if (OfElements(editor, last) is null)
            return null;
        (TensorId, ImmutableArray<Node>)? best = null;
        var nodes = new List<Node> { last };
        while (true)
        {
            var operands = nodes.SelectMany(n => n.Inputs).Distinct().Where(t => nodes.TrueForAll(n => n.Output != t)).ToArray();
            var sources = operands.Where(t => !IsNumber(editor, t)).ToArray();
            if (
                sources is [var source]
                && IsByte(editor.TypeOf(source))
                && editor.TypeOf(source).Shape == editor.TypeOf(last.Output).Shape
                && nodes.Count(n => n.Operator is not Known) > 1
            )
                best = (source, [.. operands.Except(sources).Select(t => editor.ProducerOf(t)!), .. Enumerable.Reverse(nodes)]);
            var next = sources
                .Select(editor.ProducerOf)
                .OfType<Node>()
                .FirstOrDefault(p =>
                    OfElements(editor, p) is not null && editor.UsesOf(p.Output).All(nodes.Contains) && !editor.IsOutput(p.Output)
                );
            if (next is null)
                return best;
            nodes.Add(next);
        }
    }

    private static void Tabulate(GraphEditor editor, Node last, TensorId source, ImmutableArray<Node> nodes)
    {
        var places = new Dictionary<TensorId, int> { [source] = 0 };
        var steps = ImmutableArray.CreateBuilder<CompositeStep>(nodes.Length);
        foreach (var node in nodes)
        {
            steps.Add(new(OfElements(editor, node)!, [.. node.Inputs.Select(t => places[t])], editor.TypeOf(node.Output)));
            places[node.Output] = steps.Count;
        }
        editor.Replace(last, new Composite { Steps = steps.MoveToImmutable() }, [source], last.Output);
    }

    private static bool IsByte(TensorType type) => type.IsQuantized && type.Element.Size() == 1;

    private static bool IsNumber(GraphEditor editor, TensorId tensor) =>
        editor.ProducerOf(tensor) is { Operator: Known } known && OfElements(editor, known) is not null;

    /// <summary>An operator as one of single elements, without a place among them; null where it is none or depends on the place.</summary>
    private static Operator? OfElements(GraphEditor editor, Node node)
    {
        var types = editor.TypesOf(node);
        if (
            !node.Inputs.All(t => editor.TypeOf(t).Shape == types.Output.Shape || IsNumber(editor, t))
            || !RequireKernels.IsComputed(node.Operator, types)
        )
            return null;
        return node.Operator switch
        {
            Known known => Single(known.Data, types.Output.Element.Size()) is { } data
                ? known with
                {
                    Data = data,
                    Shape = new(1, 1, 1),
                }
                : null,
            Elementwise { Constant: { } constant } op => Single(constant.Data, constant.Element.Size()) is { } data
                ? op with
                {
                    Constant = constant with { Data = data, Dims = [1, 1, 1] },
                }
                : null,
            Add or Clip or Dequantize or Elementwise or Lookup or Mul or Quantize or Rescale or Where => node.Operator,
            _ => null,
        };
    }

    /// <summary>The one element of a constant all of whose elements are equal.</summary>
    private static ImmutableArray<byte>? Single(ImmutableArray<byte> data, int size)
    {
        var first = data.AsSpan(0, size);
        for (var i = size; i < data.Length; i += size)
        {
            if (!data.AsSpan(i, size).SequenceEqual(first))
                return null;
        }
        return [.. first];
    }
}
