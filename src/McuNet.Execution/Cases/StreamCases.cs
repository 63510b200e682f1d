using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Execution.Executors;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Cases;

/// <summary>
/// Cases without the states of a network that has some are a stream: each goes on where the one before ended, and the first begins with
/// states of real zeros.
/// </summary>
public static class StreamCases
{
    /// <summary>The cases with the states as the reference computes them, where they are a stream; else as they are.</summary>
    public static GoldenModel Of(GoldenModel golden, NetworkGraph network)
    {
        var (states, given) = (network.States.Length, network.Inputs.Length - network.States.Length);
        if (states == 0 || golden.Inputs.Length != given || golden.Outputs.Length != network.Outputs.Length - states)
            return golden;
        var stream = golden with
        {
            IsStream = true,
            Inputs = With(golden.Inputs, network.Inputs.Length, network.IsStateInput, i => Tensor(network, network.Inputs[i])),
            Outputs = With(golden.Outputs, network.Outputs.Length, network.IsStateOutput, i => Tensor(network, network.Outputs[i])),
        };
        if (stream.Inputs.Zip(network.Inputs).Any(p => p.First.StoredBytes != network[p.Second.Tensor].Type.Bytes))
            return golden;
        var kept = network.States.Select(s => Start(network[network.Inputs[s.Input].Tensor].Type)).ToArray();
        return stream with { Cases = [.. golden.Cases.Select(c => Filled(c, network, kept))] };
    }

    /// <summary>A case with the states before and after it, and with the outputs of the reference where it has none.</summary>
    /// <param name="kept">By state, its bytes in the order of the arena; those after the case when it returns.</param>
    private static GoldenCase Filled(GoldenCase given, NetworkGraph network, byte[][] kept)
    {
        var inputs = With(
            given.Inputs,
            network.Inputs.Length,
            network.IsStateInput,
            i => PortLayout.ToOnnx(kept[network.States.IndexOf(network.States.First(s => s.Input == i))], network, network.Inputs[i])
        );
        var stored = network
            .Inputs.Select((p, i) => new TensorData(network[p.Tensor].Type, PortLayout.ToStored(inputs[i], network, p)))
            .ToArray();
        var results = ReferenceEvaluator.Run(network, stored);
        for (var s = 0; s < kept.Length; s++)
            kept[s] = results[network.States[s].Output].Bytes;
        return given with
        {
            Inputs = inputs,
            Outputs = With(given.Outputs, network.Outputs.Length, o => given.Outputs.IsEmpty || network.IsStateOutput(o), Result),
            OutputsUnoptimised = With(
                given.OutputsUnoptimised,
                network.Outputs.Length,
                o => given.OutputsUnoptimised.IsEmpty || network.IsStateOutput(o),
                Result
            ),
        };

        byte[] Result(int output) => PortLayout.ToOnnx(results[output].Bytes, network, network.Outputs[output]);
    }

    private static ImmutableArray<T> With<T>(ImmutableArray<T> own, int count, Func<int, bool> isState, Func<int, T> state)
    {
        var next = 0;
        return [.. Enumerable.Range(0, count).Select(i => isState(i) ? state(i) : own[next++])];
    }

    private static byte[] Start(TensorType type)
    {
        var bytes = new byte[type.Bytes];
        Array.Fill(bytes, type.ZeroByte);
        return bytes;
    }

    /// <summary>An input or output as it is stored.</summary>
    internal static GoldenTensor Tensor(NetworkGraph network, GraphPort port)
    {
        var type = network[port.Tensor].Type;
        var stored = CasesFit.Stored(type.Element);
        var graph = stored == OnnxElementType.Int32 ? stored : OnnxElementType.Float32;
        return new(port.Name, port.Dims, stored, graph, type.Quantization?.Scale, type.Quantization?.ZeroPoint ?? 0);
    }
}
