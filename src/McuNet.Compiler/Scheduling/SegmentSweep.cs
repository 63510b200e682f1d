using System;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Scheduling;

/// <summary>
/// Prices segments that begin with one node together, with the figures of <see cref="SegmentPricer.Interleaved"/>. Where what follows takes
/// rows from its last node alone, a longer segment makes the calls of a shorter one in the same order, with its own calls in between:
///
///   nodes 0 and 1     0.0 0.1 1.0     0.2 1.1     …
///   nodes 0 to 2      0.0 0.1 1.0     0.2 1.1 2.0 …
///
/// So the calls are laid out once. A tensor grows and keeps all rows until its last reader joins the segment; from then on its ring, and
/// what each call frees of it, are the same in every longer segment.
/// </summary>
internal sealed class SegmentSweep
{
    private readonly NetworkRows _rows;
    private readonly ImmutableArray<KernelCall> _kernels;
    private readonly InputMode _input;
    private readonly SweepCalls _calls;
    private readonly SweepTensor _tensor;
    private readonly int[] _lastReader;
    private readonly int[] _scratch;
    private readonly double[] _cycles;

    public SegmentSweep(NetworkRows rows, ImmutableArray<KernelCall> kernels, InputMode input)
    {
        (_rows, _kernels, _input) = (rows, kernels, input);
        _calls = new SweepCalls(rows, input);
        _tensor = new SweepTensor(rows, _calls);
        _lastReader = new int[rows.Graph.Tensors.Length];
        for (var t = 0; t < _lastReader.Length; t++)
            _lastReader[t] = LastReader(t);
        (_scratch, _cycles) = (new int[kernels.Length + 1], new double[kernels.Length + 1]);
        _cycles[0] = SegmentPricer.CyclesPerCall;
        for (var n = 0; n < kernels.Length; n++)
            (_scratch[n + 1], _cycles[n + 1]) = (
                kernels[n].ScratchBytes,
                SegmentPricer.CyclesOf(new ScheduleStep(new(n), 0, 1), kernels[n])
            );
    }

    /// <summary>The prices of the nodes [first, first + 1), [first, first + 2) and so on, null for those whose calls do not nest; null
    /// where none is known.</summary>
    public SegmentCost?[]? Prices(int first)
    {
        if (!IsPlain(first))
            return null;
        var streamed =
            _input == InputMode.Rows && _rows.Graph.Inputs[0].Tensor.Value is var given && !_rows.IsReady(given, first, _input)
                ? given
                : -1;
        _calls.LayOut(first);
        var waiting = Waiting(first);
        var prices = new SegmentCost?[_rows.Graph.Nodes.Length - first];
        if (streamed >= 0)
            _tensor.Grow(streamed, SweepCalls.Input);
        for (var node = first; node < _rows.Graph.Nodes.Length; node++)
        {
            _tensor.Grow(_rows.Output[node], node);
            foreach (var tensor in _rows.Inputs[node])
            {
                if (_lastReader[tensor] == node)
                    _tensor.Settle(tensor, first, isWritten: tensor == streamed || _rows.Producer[tensor] >= first);
            }
            prices[node - first] = _calls.Nests(node + 1) ? Price(node + 1, waiting) : null;
        }
        return prices;
    }

    /// <summary>The last node that reads a tensor; one behind the network where its rows stay, or nobody reads them.</summary>
    private int LastReader(int tensor)
    {
        var last = _rows.IsOutput[tensor] || _rows.Consumers[tensor].IsEmpty ? _rows.Graph.Nodes.Length : -1;
        foreach (var use in _rows.Consumers[tensor])
            last = Math.Max(last, use.Node);
        return last;
    }

    /// <summary>Whether no node reads a tensor twice, each reads from the first row on, and every result is read or given out.</summary>
    private bool IsPlain(int first)
    {
        for (var node = first; node < _rows.Graph.Nodes.Length; node++)
        {
            if (_rows.Consumers[_rows.Output[node]].IsEmpty && !_rows.IsOutput[_rows.Output[node]])
                return false;
            for (var i = 0; i < _rows.Inputs[node].Length; i++)
            {
                if (_rows.ReadBegin[node][i][0] != 0 || Array.IndexOf(_rows.Inputs[node], _rows.Inputs[node][i]) != i)
                    return false;
            }
        }
        return true;
    }

    /// <summary>Bytes that live when the first node begins: tensors written before it that it or a later one reads.</summary>
    private int Waiting(int first)
    {
        var bytes = 0;
        for (var t = 0; t < _lastReader.Length; t++)
        {
            if (_rows.IsReady(t, first, _input) && (_rows.IsOutput[t] || (_lastReader[t] >= first && !_rows.Consumers[t].IsEmpty)))
                bytes += _rows.Height[t] * _rows.RowBytes[t];
        }
        return bytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private SegmentCost Price(int end, int waiting)
    {
        var (live, peak, state, cycles) = (waiting, waiting, 0, 0.0);
        var calls = _calls.All;
        for (var c = 0; c < calls.Length; c++)
        {
            ref readonly var call = ref calls[c];
            if (call.Node >= end)
                continue;
            var bytes = call.Node < 0 ? 0 : _kernels[call.Node].StateBytes;
            if (bytes > 0 && call.Step == 0)
                state += bytes;
            peak = Math.Max(peak, live + Math.Max(0, call.Grown - call.Overwritten) + _scratch[call.Node + 1] + state);
            live += call.Grown - call.Freed;
            cycles += _cycles[call.Node + 1];
            if (bytes > 0 && call.Step + 1 == _calls.Of(call.Node).Length)
                state -= bytes;
        }
        return new(peak, cycles);
    }
}
