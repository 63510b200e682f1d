using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Report;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>What the pictures of a report show of a compilation, with times on the device.</summary>
public static class ReportDrawings
{
    /// <param name="history">What the passes did.</param>
    public static ReportDrawing Of(Compilation compilation, PassHistory history)
    {
        var (model, time) = (compilation.Model, new Timeline(compilation.Model));
        var whole = compilation.Options.Device.Milliseconds(model.Cycles);
        double At(int halfCall) => time.Cycles == 0 ? 0 : time.At(halfCall) / time.Cycles * whole;
        return new()
        {
            Milliseconds = whole,
            Buffers = [.. model.Memory.Buffers.Where(b => !b.Live.IsEmpty).Select(Buffer)],
            Nodes = [.. Nodes(model, c => At(2 * c))],
            Segments =
            [
                .. model.Schedule.Segments.Select(s => new DrawnSegment(
                    s.FirstNode,
                    s.EndNode,
                    model.ModeOf(s),
                    model.BytesOf(s),
                    new(At(2 * s.FirstStep), At(2 * s.EndStep))
                )),
            ],
            Passes = history.Passes(),
        };

        DrawnBuffer Buffer(PlacedBuffer buffer) =>
            new(
                ShownText.Name(buffer.Name),
                What(model, buffer),
                buffer.Offset,
                buffer.Live.Max(l => l.Hi),
                At(buffer.Live[0].Begin),
                At(buffer.Live[^1].End),
                [
                    .. buffer
                        .Live.Where(l => l.Hi > l.Lo)
                        .Select(l => new DrawnLife(At(l.Begin), At(l.End), buffer.Offset + l.Lo, buffer.Offset + l.Hi)),
                ]
            );
    }

    private static string What(CompiledModel model, PlacedBuffer buffer)
    {
        if (buffer.Tensor is not { } tensor)
            return buffer.Kind switch
            {
                BufferKind.Scratch => "scratch of kernels",
                BufferKind.Weights => "weights",
                _ => "accumulators",
            };
        var place = model.Memory.Tensors[tensor.Value]!;
        return place.IsRing ? $"ring of {place.Slots} of {model.Graph[tensor].Type.Shape.Height} rows" : "whole tensor";
    }

    private static IEnumerable<DrawnNode> Nodes(CompiledModel model, System.Func<int, double> begin)
    {
        var (graph, schedule) = (model.Graph, model.Schedule);
        var producers = graph.Nodes.ToDictionary(n => n.Output, n => n.Id.Value);
        var (operators, blocks, calls) = (ReportOperators.Indices(model), schedule.BlockRows(), new List<DrawnSpan>[graph.Nodes.Length]);
        for (var c = 0; c < schedule.Steps.Length; c++)
        {
            if (!schedule.Steps[c].IsInput)
                (calls[schedule.Steps[c].Node.Value] ??= []).Add(new(begin(c), begin(c + 1)));
        }
        foreach (var node in graph.Nodes)
        {
            var n = node.Id.Value;
            var band = 1 + Enumerable.Range(0, n).Count(m => operators[m] == operators[n]);
            var (shape, place) = (graph[node.Output].Type.Shape, model.Memory.Tensors[node.Output.Value]);
            var room =
                place is null ? "never written"
                : place.IsRing ? $"ring of {place.Slots} of {shape.Height} rows"
                : "whole";
            yield return new(
                ShownText.Name(node.Name),
                node.Operator.Kind,
                operators[n],
                band,
                schedule.SegmentOf(node.Id),
                [.. node.Inputs.Select(i => producers.GetValueOrDefault(i, -1)).Distinct()],
                $"{shape}, {room}",
                place is { IsRing: true },
                blocks[n],
                [.. calls[n] ?? []]
            );
        }
    }
}
