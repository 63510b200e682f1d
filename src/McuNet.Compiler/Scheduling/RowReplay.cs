using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace McuNet.Compiler.Scheduling;

/// <summary>
/// Steps run one after the other, and the rows of every tensor that are written and still needed: what prices of segments, slots of buffers
/// and live bytes all follow from.
/// </summary>
internal sealed class RowReplay
{
    private readonly NetworkRows _rows;
    private readonly InputMode _input;
    private readonly int[] _next;
    private readonly int[] _total;
    private int _first;

    public RowReplay(NetworkRows rows, InputMode input)
    {
        (_rows, _input) = (rows, input);
        var (nodes, tensors) = (rows.Graph.Nodes.Length, rows.Graph.Tensors.Length);
        (_next, _total, Written, Needed) = (new int[nodes], new int[nodes], new int[tensors], new int[tensors]);
        (Slots, FirstCall, LastCall) = (new int[tensors], new int[tensors], new int[tensors]);
    }

    /// <summary>By tensor: how many rows are written.</summary>
    public int[] Written { get; }

    /// <summary>By tensor: the first row that is needed from now on.</summary>
    public int[] Needed { get; }

    /// <summary>By tensor: the most rows that live at once.</summary>
    public int[] Slots { get; }

    /// <summary>By tensor: the first of the steps that writes it, -1 where none does.</summary>
    public int[] FirstCall { get; }

    /// <summary>By tensor: the last of the steps that writes or reads it.</summary>
    public int[] LastCall { get; }

    /// <summary>Counts the slots of steps of the nodes [first, end), and starts over with all nodes before them run and all behind them to
    /// come.</summary>
    public void Begin(int first, int end, IReadOnlyList<ScheduleStep> steps)
    {
        _first = first;
        for (var n = 0; n < _total.Length; n++)
            _total[n] = n < end ? 0 : _rows.Dependencies[n].Steps;
        foreach (var step in steps)
        {
            if (!step.IsInput)
                _total[step.Node.Value] = step.End;
        }
        Reset();
        CountSlots(steps);
        Reset();
    }

    /// <summary>Bytes of the rows that live if only they are kept.</summary>
    public int LiveBytes(int tensor) => Math.Max(0, Written[tensor] - Needed[tensor]) * _rows.RowBytes[tensor];

    /// <summary>Whether a tensor that the steps write is kept in fewer slots than it has rows.</summary>
    public bool IsRing(int tensor) => FirstCall[tensor] >= 0 && Slots[tensor] < _rows.Height[tensor];

    /// <summary>The tensor that a step writes.</summary>
    /// <param name="end">Rows of it complete after the step, 0 where it completes none.</param>
    public int OutputOf(ScheduleStep step, out int end)
    {
        end = step.IsInput ? step.End : _rows.WriteEnd[step.Node.Value][step.End - 1];
        return step.IsInput ? _rows.Graph.Inputs[0].Tensor.Value : _rows.Output[step.Node.Value];
    }

    /// <summary>The step has read its rows.</summary>
    /// <returns>Whether it was the last of its node.</returns>
    public bool Finish(ScheduleStep step)
    {
        _next[step.Node.Value] = step.End;
        return step.End == _total[step.Node.Value];
    }

    /// <summary>Lets rows of an input of a finished step go that no other needs.</summary>
    public void Release(int tensor) => Needed[tensor] = FirstNeeded(tensor);

    private void Reset()
    {
        for (var n = 0; n < _next.Length; n++)
            _next[n] = n < _first ? int.MaxValue : 0;
        for (var t = 0; t < Written.Length; t++)
        {
            Written[t] = _rows.IsReady(t, _first, _input) ? _rows.Height[t] : 0;
            Needed[t] = FirstNeeded(t);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountSlots(IReadOnlyList<ScheduleStep> steps)
    {
        Array.Copy(Written, Slots, Slots.Length);
        Array.Fill(FirstCall, -1);
        for (var c = 0; c < steps.Count; c++)
        {
            var output = OutputOf(steps[c], out var end);
            if (end > 0)
            {
                if (FirstCall[output] < 0)
                    FirstCall[output] = c;
                LastCall[output] = c;
                var begin = Math.Min(Needed[output], Written[output]);
                Written[output] = end;
                Slots[output] = Math.Max(Slots[output], end - begin);
            }
            if (steps[c].IsInput)
                continue;
            Finish(steps[c]);
            foreach (var input in _rows.Inputs[steps[c].Node.Value])
            {
                Release(input);
                LastCall[input] = c;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FirstNeeded(int tensor)
    {
        if (_rows.IsOutput[tensor])
            return 0;
        var first = _rows.Height[tensor];
        foreach (var use in _rows.Consumers[tensor])
            first = Math.Min(first, _rows.FirstNeeded(use, _next[use.Node], _total[use.Node], tensor));
        return first;
    }
}
