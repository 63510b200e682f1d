using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Executors;

/// <summary>The window of an input of ONNX Runtime, which runs the model on all of it: it begins with real zeros and moves on slice by
/// slice.</summary>
public sealed class OnnxWindow
{
    private readonly SlidingRows _rows;
    private readonly ImmutableArray<long> _dims;
    private readonly byte[] _window;

    public OnnxWindow(OnnxSession session, NetworkGraph graph)
    {
        _rows = SlidingRows.Of(graph);
        var input = session.Inputs[_rows.Input.Port];
        _dims = [.. _rows.Port.Dims.Zip(input.Dims, (ours, theirs) => theirs > 0 ? theirs : ours)];
        _window = OnnxStates.Zeros(input, _rows.Input.Rows * _rows.Elements, graph[_rows.Port.Tensor].Type);
    }

    /// <summary>The inputs of a slice with the whole window that it ends.</summary>
    public IReadOnlyList<OnnxTensor> Next(IReadOnlyList<OnnxTensor> inputs)
    {
        var steps = _rows.InTime(inputs[_rows.Input.Port].Data, isWindow: false);
        Array.Copy(_window, steps.Length, _window, 0, _window.Length - steps.Length);
        steps.CopyTo(_window, _window.Length - steps.Length);
        var window = _rows.InOrder([.. _window], isWindow: true);
        return [.. inputs.Select((t, i) => i == _rows.Input.Port ? new OnnxTensor(t.Name, t.ElementType, _dims, window) : t)];
    }
}
