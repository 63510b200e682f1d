using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Cli;

/// <summary>The window of an input of ONNX Runtime, which runs the model on all of it: it begins with real zeros and moves on slice by slice.</summary>
internal sealed class OnnxWindow
{
    private readonly SlidingInput _sliding;
    private readonly GraphPort _port;
    private readonly TensorShape _slice;
    private readonly ImmutableArray<long> _dims;
    private readonly byte[] _rows;

    public OnnxWindow(OnnxSession session, NetworkGraph graph)
    {
        (_sliding, _port) = (graph.Sliding!, graph.Inputs[graph.Sliding!.Port]);
        var (type, input) = (graph[_port.Tensor].Type, session.Inputs[_sliding.Port]);
        _slice = type.Shape;
        _dims = [.. _port.Dims.Zip(input.Dims, (ours, theirs) => theirs > 0 ? theirs : ours)];
        _rows = new byte[_sliding.Rows * _slice.RowElements * input.ElementType.Bytes()];
        if (input.ElementType is OnnxElementType.Int8 or OnnxElementType.UInt8)
            Array.Fill(_rows, unchecked((byte)(type.Quantization?.ZeroPoint ?? 0)));
    }

    /// <summary>The inputs of a slice with the whole window that it ends.</summary>
    public IReadOnlyList<OnnxTensor> Next(IReadOnlyList<OnnxTensor> inputs)
    {
        var slice = inputs[_sliding.Port];
        var rows = SlidingRows.Stored(slice.Data, _port, _slice);
        Array.Copy(_rows, rows.Length, _rows, 0, _rows.Length - rows.Length);
        rows.CopyTo(_rows, _rows.Length - rows.Length);
        var window = SlidingRows.Onnx([.. _rows], _port, _slice with { Height = _sliding.Rows });
        return [.. inputs.Select((t, i) => i == _sliding.Port ? new OnnxTensor(t.Name, t.ElementType, _dims, window) : t)];
    }
}
