using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Executors;

/// <summary>A session of ONNX Runtime that is fed with its own states: first real zeros, then what it gave.</summary>
public sealed class OnnxStates
{
    private readonly OnnxSession _session;
    private readonly ImmutableArray<StatePorts> _states;
    private readonly OnnxTensor[] _kept;

    public OnnxStates(OnnxSession session, NetworkGraph graph)
    {
        _session = session;
        _states = [.. graph.States.Where(s => !s.KeepsRows)];
        _kept =
        [
            .. _states.Select(s => Start(session.Inputs[s.Input], graph.Inputs[s.Input].Dims, graph[graph.Inputs[s.Input].Tensor].Type)),
        ];
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

    private static OnnxTensor Start(OnnxValueInfo input, ImmutableArray<int> dims, TensorType type) =>
        new(
            input.Name,
            input.ElementType.OfSession(),
            [.. dims.Select(d => (long)d)],
            Zeros(input, dims.Aggregate(1, (product, d) => product * d), type)
        );

    /// <summary>Real zeros as an input of ONNX Runtime has them.</summary>
    /// <param name="type">The input in the network.</param>
    internal static byte[] Zeros(OnnxValueInfo input, int elements, TensorType type)
    {
        var bytes = new byte[elements * input.ElementType.OfSession().Bytes()];
        if (input.ElementType is OnnxElementType.Int8 or OnnxElementType.UInt8)
            System.Array.Fill(bytes, type.ZeroByte);
        return bytes;
    }
}
