using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Streaming;

/// <summary>What an inference reads of every tensor that keeps rows, from the outputs back to the input.</summary>
internal sealed class RowNeeds
{
    private readonly TimeAnalysis _time;
    private readonly Dictionary<TensorId, RowNeed> _needs;

    private RowNeeds(TimeAnalysis time) =>
        (_time, _needs) = (
            time,
            time.Graph.Tensors.Where(t => time[t.Id] is not null).ToDictionary(t => t.Id, t => new RowNeed(time[t.Id]!))
        );

    public static RowNeeds Of(TimeAnalysis time)
    {
        var needs = new RowNeeds(time);
        foreach (var port in time.Graph.Outputs.Where(p => time[p.Tensor] is not null))
            needs[port.Tensor].Read(needs.Whole(port.Tensor));
        foreach (var node in time.Graph.Nodes.Reverse())
        {
            foreach (var tensor in time.Taken(node))
                needs[tensor].Read(needs.Head(node, tensor).Input);
            if (time[node.Id] is { } window)
                needs.Inputs(node, window);
        }

        return needs;
    }

    public RowNeed this[TensorId tensor] => _needs[tensor];

    /// <summary>All rows of a tensor as the model file has it.</summary>
    public RowRange Whole(TensorId tensor) => _time.Delayed(_time[tensor]!, new(0, _time[tensor]!.Height));

    /// <summary>The rows of a tensor for all rows of a node of the head. An operator that goes along rows may leave some of them
    /// out.</summary>
    public TimePiece Head(Node node, TensorId input)
    {
        var time = _time[input]!;
        var (given, made) = (new RowRange(0, time.Height), new RowRange(0, _time.Graph[node.Output].Type.Shape.Height));
        var window = node.Inputs.Length == 1 ? TimeWindows.Of(node.Operator, _time.Graph.TypesOf(node)) : null;
        var piece = window?.Piece(made, given) ?? new(made, given, 0, 0);
        return piece with { Input = _time.Delayed(time, piece.Input) };
    }

    /// <summary>The rows of an input for some rows of a node's output.</summary>
    public TimePiece Piece(TensorId input, TimeWindow window, RowRange output) =>
        window.Piece(output, new(_time.IsPadded ? 0 : TimeRows.Past, _time[input]!.Height));

    private void Inputs(Node node, TimeWindow window)
    {
        var need = this[node.Output];
        if (need.IsEmpty)
            return;
        foreach (var input in node.Inputs)
        {
            foreach (var rows in new[] { need.TopRows, need.Tail }.Where(r => !r.IsEmpty))
                this[input].Read(Piece(input, window, rows).Input);
            this[input].DependOn(Math.Max(_time.IsPadded ? 0 : TimeRows.Past, window.First(need.Reach)));
        }
    }
}
