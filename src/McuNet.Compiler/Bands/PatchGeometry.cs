using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Bands;

/// <summary>What it takes to compute nodes [first, end) as p x p patches one after the other, each with the halo it needs
/// (MCUNetV2).</summary>
/// <param name="Side">Rows and columns of the input that a patch inside the image reads.</param>
/// <param name="StageMacs">Multiply-accumulates of the nodes without patches.</param>
/// <param name="UnclampedMacs">Of all patches, where those at the border are counted as large as those inside.</param>
/// <param name="ClampedMacs">Of all patches, where nothing outside of the tensors is computed.</param>
/// <param name="NetworkMacs">Of the whole network without patches.</param>
public sealed record PatchGeometry(int Side, long StageMacs, long UnclampedMacs, long ClampedMacs, long NetworkMacs)
{
    /// <summary>Work of the stage over that without patches, tiles not clamped at the border.</summary>
    public double StageFactor => (double)UnclampedMacs / StageMacs;

    /// <summary>Work of the whole network over that without patches, tiles clamped.</summary>
    public double NetworkFactor => (double)(NetworkMacs - StageMacs + ClampedMacs) / NetworkMacs;

    /// <summary>
    /// Propagates the ranges of output rows and columns backwards through the windows, the union over several readers. Null where
    /// the nodes do not begin and end with a single tensor, hold an operator without a window that does not work element by element,
    /// or give fewer rows or columns than patches.
    /// </summary>
    public static PatchGeometry? Of(NetworkGraph graph, int first, int end, int patches)
    {
        var cuts = Cuts.Of(graph);
        if (cuts[first] is not { } source || cuts[end] is not { } result || graph.Nodes[first..end].Any(n => !IsLocal(graph, n)))
            return null;
        var shape = graph[result].Type.Shape;
        if (shape.Height < patches || shape.Width < patches)
            return null;
        var stage = new Stage(graph, first, end, result);
        var (unclamped, clamped) = (0.0, 0.0);
        for (var n = first; n < end; n++)
        {
            var (node, output) = (graph.Nodes[n], graph[graph.Nodes[n].Output].Type.Shape);
            var perPosition = (double)node.Operator.Macs(graph.TypesOf(node)) / output.Height / output.Width;
            unclamped +=
                perPosition
                * stage.Sum(node.Output, patches, rows: true, clamp: false)
                * stage.Sum(node.Output, patches, rows: false, clamp: false);
            clamped +=
                perPosition
                * stage.Sum(node.Output, patches, rows: true, clamp: true)
                * stage.Sum(node.Output, patches, rows: false, clamp: true);
        }
        var macs = graph.Nodes[first..end].Sum(n => n.Operator.Macs(graph.TypesOf(n)));
        var side = Enumerable.Range(0, patches).Max(p => stage.Ranges(p, patches, rows: true, clamp: false)[source].Count);
        return new(side, macs, (long)Math.Round(unclamped), (long)Math.Round(clamped), graph.Macs);
    }

    private static bool IsLocal(NetworkGraph graph, Node node) =>
        node.Operator is IWindowed
        || node.Operator.Rows(graph.TypesOf(node)) is SameRows && node.Operator.Slice(graph.TypesOf(node), new(0, 1)) is not null;

    private sealed class Stage(NetworkGraph graph, int first, int end, TensorId result)
    {
        private readonly Dictionary<(int, int, bool, bool), Dictionary<TensorId, ColumnRange>> _ranges = [];

        /// <summary>Rows or columns of a tensor that all patches along that side compute together.</summary>
        public long Sum(TensorId tensor, int patches, bool rows, bool clamp) =>
            Enumerable
                .Range(0, patches)
                .Sum(p => Ranges(p, patches, rows, clamp).TryGetValue(tensor, out var range) ? (long)range.Count : 0);

        /// <summary>The range of every tensor that patch number <paramref name="patch"/> along one side computes.</summary>
        public Dictionary<TensorId, ColumnRange> Ranges(int patch, int patches, bool rows, bool clamp)
        {
            if (_ranges.TryGetValue((patch, patches, rows, clamp), out var ranges))
                return ranges;
            ranges = new() { [result] = BandColumns.Share(Extent(result, rows), patch, patches) };
            for (var n = end - 1; n >= first; n--)
            {
                var node = graph.Nodes[n];
                if (!ranges.TryGetValue(node.Output, out var output))
                    continue;
                foreach (var input in node.Inputs)
                {
                    var reads = Reads(node.Operator, output, Extent(input, rows), rows, clamp);
                    ranges[input] = ranges.TryGetValue(input, out var other) ? other.Hull(reads) : reads;
                }
            }
            return _ranges[(patch, patches, rows, clamp)] = ranges;
        }

        private int Extent(TensorId tensor, bool rows) => rows ? graph[tensor].Type.Shape.Height : graph[tensor].Type.Shape.Width;

        private static ColumnRange Reads(Operator op, ColumnRange output, int extent, bool rows, bool clamp)
        {
            if (op is not IWindowed { Window: var window })
                return output;
            var (stride, pad, span) = rows
                ? (window.StrideHeight, window.PadTop, window.SpanHeight)
                : (window.StrideWidth, window.PadLeft, window.SpanWidth);
            var (begin, finish) = (output.Begin * stride - pad, (output.End - 1) * stride - pad + span);
            return clamp ? new(Math.Clamp(begin, 0, extent), Math.Clamp(finish, 0, extent)) : new(begin, finish);
        }
    }
}
