using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Cli;

/// <summary>A session of ONNX Runtime that is fed with its own states: first real zeros, then what it gave.</summary>
internal sealed class OnnxStates
{
    private readonly OnnxSession _session;
    private readonly ImmutableArray<StatePorts> _states;
    private readonly OnnxTensor[] _kept;

    public OnnxStates(OnnxSession session, NetworkGraph graph)
    {
        _session = session;
        _states = [.. graph.States.Where(s => !s.KeepsRows)];
        _kept = [.. _states.Select(s => Start(session.Inputs[s.Input], graph.Inputs[s.Input].Dims, graph[graph.Inputs[s.Input].Tensor].Type))];
    }

    /// <summary>The outputs of the next slice.</summary>
    /// <param name="inputs">In the order of the model; those that are states are not read.</param>
    public IReadOnlyList<OnnxTensor> Run(IReadOnlyList<OnnxTensor> inputs)
    {
        var given = inputs.ToArray();
        for (var s = 0; s < _kept.Length; s++)
            given[_states[s].Input] = _kept[s];
        var results = _session.Run(given);
        for (var s = 0; s < _kept.Length; s++)
        {
            var result = results[_states[s].Output];
            _kept[s] = new(_kept[s].Name, result.ElementType, _kept[s].Dims, result.Data);
        }
        return results;
    }

    private static OnnxTensor Start(OnnxValueInfo input, ImmutableArray<int> dims, TensorType type)
    {
        var zero = input.ElementType is OnnxElementType.Int8 or OnnxElementType.UInt8 ? type.Quantization?.ZeroPoint ?? 0 : 0;
        var bytes = new byte[dims.Aggregate(input.ElementType.Bytes(), (product, d) => product * d)];
        System.Array.Fill(bytes, unchecked((byte)zero));
        return new(input.Name, input.ElementType, [.. dims.Select(d => (long)d)], bytes);
    }
}
