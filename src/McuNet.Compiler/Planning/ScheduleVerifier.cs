using System;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Planning;

/// <summary>
/// Replays a schedule on a planned arena and follows every byte: a step may only read bytes that still hold the row it wants.
/// Knows nothing of liveness, slots or separations beyond where the plan puts a row.
/// </summary>
public static class ScheduleVerifier
{
    private const int Nothing = 0;

    /// <summary>The first broken promise in words, or null.</summary>
    public static string? FindFault(Schedule schedule, MemoryPlan plan, Func<int, int> scratchBytes, Func<int, int> stateBytes)
    {
        var rows = schedule.Rows;
        var arena = new int[plan.ArenaBytes];
        var tagBase = TagBases(rows);
        if (schedule.Input == InputMode.Resident)
        {
            foreach (var port in rows.Graph.Inputs)
                WriteRows(port.Tensor.Value, 0, rows.Height[port.Tensor.Value]);
        }
        var done = new int[rows.Graph.Nodes.Length];
        foreach (var step in schedule.Steps)
        {
            if (step.IsInput)
            {
                WriteRows(rows.Graph.Inputs[0].Tensor.Value, step.First, step.End);
                continue;
            }
            if (Run(step) is { } fault)
                return fault;
        }
        foreach (var port in rows.Graph.Outputs)
        {
            if (FindLost(port.Tensor.Value, 0, rows.Height[port.Tensor.Value]) is { } row)
                return $"row {row} of output '{port.Name}' is not in the arena at the end";
        }
        return FindLostState();

        // Writes every state where the next inference looks for it; results, and states that lie there already, must survive that.
        string? FindLostState()
        {
            foreach (var copy in plan.StateCopies)
                arena.AsSpan(copy.From, copy.Bytes).CopyTo(arena.AsSpan(copy.To, copy.Bytes));
            foreach (var (input, output) in rows.Graph.States)
            {
                var (begin, end) = (rows.Graph.Inputs[input], rows.Graph.Outputs[output].Tensor.Value);
                var kept = arena.AsSpan(plan.Tensors[begin.Tensor.Value]!.Offset, rows.Height[end] * rows.RowBytes[end]);
                for (var row = 0; row < rows.Height[end]; row++)
                {
                    if (kept.Slice(row * rows.RowBytes[end], rows.RowBytes[end]).IndexOfAnyExcept(tagBase[end] + row) >= 0)
                        return $"row {row} of state '{begin.Name}' is not in its place at the end";
                }
            }
            foreach (var port in rows.Graph.Outputs)
            {
                if (FindLost(port.Tensor.Value, 0, rows.Height[port.Tensor.Value]) is { } row)
                    return $"row {row} of output '{port.Name}' does not outlast the states";
            }
            return null;
        }

        string? Run(ScheduleStep step)
        {
            var (node, rule) = (rows.Graph[step.Node], rows.Dependencies[step.Node.Value]);
            if (step.First != done[step.Node.Value])
                return $"'{node.Name}' runs step {step.First} after {done[step.Node.Value]} steps";
            done[step.Node.Value] = step.End;
            var output = node.Output.Value;
            var writes = new RowRange(rule.Writes(step.First).Begin, rule.Writes(step.End - 1).End);
            if (!rule.InPlace)
                WriteRows(output, writes.Begin, writes.End);
            Scribble(plan.ScratchOffset, scratchBytes(step.Node.Value));
            for (var i = 0; i < node.Inputs.Length; i++)
            {
                var reads = new RowRange(rule.Reads(i, step.First).Begin, rule.Reads(i, step.End - 1).End);
                if (FindLost(node.Inputs[i].Value, reads.Begin, reads.End) is { } row)
                    return $"'{node.Name}' step {step.First} reads row {row} of '{rows.Graph[node.Inputs[i]].Name}', which is not in the arena any more";
                if (
                    rule.InPlace
                    && (
                        rule.MayOverwrite(i)
                            ? CrossesInput(node.Inputs[i].Value, reads, output, writes)
                            : MeetsInput(node.Inputs[i].Value, reads, output, writes)
                    )
                )
                    return $"'{node.Name}' step {step.First} would overwrite input bytes before it has read them";
            }
            if (stateBytes(step.Node.Value) > 0 && TouchState(step, rule) is { } lost)
                return lost;
            if (rule.InPlace)
                WriteRows(output, writes.Begin, writes.End);
            return null;
        }

        string? TouchState(ScheduleStep step, RowDependency rule)
        {
            var (offset, bytes) = (plan.StateOffsets[step.Node.Value], stateBytes(step.Node.Value));
            var tag = -1 - step.Node.Value;
            if (step.First > 0 && arena.AsSpan(offset, bytes).IndexOfAnyExcept(tag) >= 0)
                return $"'{rows.Graph[step.Node].Name}' has lost its accumulators before step {step.First}";
            arena.AsSpan(offset, bytes).Fill(step.End < rule.Steps ? tag : Nothing);
            return null;
        }

        // Element-wise work runs upwards: an output byte may land on input bytes already read, never on later ones.
        bool CrossesInput(int input, RowRange reads, int output, RowRange writes)
        {
            if (writes.IsEmpty || reads.IsEmpty)
                return false;
            var (to, from) = (AddressOf(output, writes.Begin), AddressOf(input, reads.Begin));
            return to > from && to < from + (reads.Count * rows.RowBytes[input]);
        }

        bool MeetsInput(int input, RowRange reads, int output, RowRange writes)
        {
            if (writes.IsEmpty || reads.IsEmpty)
                return false;
            var (to, from) = (AddressOf(output, writes.Begin), AddressOf(input, reads.Begin));
            return to < from + (reads.Count * rows.RowBytes[input]) && from < to + (writes.Count * rows.RowBytes[output]);
        }

        int AddressOf(int tensor, int row)
        {
            var place = plan.Tensors[tensor]!;
            return place.Offset + row % place.Slots * place.RowBytes;
        }

        void WriteRows(int tensor, int begin, int end)
        {
            for (var row = begin; row < end; row++)
                arena.AsSpan(AddressOf(tensor, row), rows.RowBytes[tensor]).Fill(tagBase[tensor] + row);
        }

        int? FindLost(int tensor, int begin, int end)
        {
            for (var row = begin; row < end; row++)
            {
                if (arena.AsSpan(AddressOf(tensor, row), rows.RowBytes[tensor]).IndexOfAnyExcept(tagBase[tensor] + row) >= 0)
                    return row;
            }
            return null;
        }

        void Scribble(int offset, int bytes) => arena.AsSpan(offset, bytes).Fill(Nothing);
    }

    private static int[] TagBases(NetworkRows rows)
    {
        var bases = new int[rows.Height.Length];
        var next = 1;
        for (var t = 0; t < bases.Length; t++)
        {
            bases[t] = next;
            next += rows.Height[t];
        }
        return bases;
    }
}
