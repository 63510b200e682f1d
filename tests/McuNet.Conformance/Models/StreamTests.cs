using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Tests;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Compiler.Tests.Networks;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Runtimes.Tests.Support;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>
/// A streaming wake word of six states, slice after slice in one arena, and random networks that remember some of their values: each slice
/// equals the reference, whose states are fed by hand, and that ONNX Runtime.
/// </summary>
public sealed class StreamTests
{
    private const int Slices = 20;

    private static readonly Lazy<NetworkGraph> WakeWord = new(() =>
        Compile(new Golden("mww_okay_nabu_stream_int8").Compile(), Objective.Fit).Network
    );

    private static readonly Lazy<ImmutableArray<IReadOnlyList<byte[]>>> Sounds = new(() =>
        StatefulNetwork.Slices(WakeWord.Value, Slices, seed: 5)
    );

    private static readonly Lazy<Outputs> Expected = new(() => new(StatefulNetwork.Reference(WakeWord.Value, Sounds.Value)));

    [RealModelInOnnxRuntimeTheory]
    [InlineData(6)]
    public void Reference_WakeWord_EqualsOnnxRuntimeFedWithItsOwnStates(int states)
    {
        var graph = WakeWord.Value;
        Assert.Equal(states, graph.States.Length);
        using var session = OnnxSession.Open(File.ReadAllBytes(Shared.Path("models/onnx/mww_okay_nabu_stream_int8.onnx")));
        var kept = graph.States.Select(s => new float[graph[graph.Inputs[s.Input].Tensor].Type.Shape.Elements]).ToArray();
        foreach (var (slice, expected) in Sounds.Value.Zip(Expected.Value.Cases))
        {
            var given = graph.Inputs.Select((p, i) => Real(graph, p, slice[i])).ToArray();
            foreach (var (state, values) in graph.States.Zip(kept))
                given[state.Input] = OnnxTensor.Float(given[state.Input].Name, given[state.Input].Dims, values);
            var results = session.Run(given);
            for (var o = 0; o < graph.Outputs.Length; o++)
                Assert.Equal(Real(graph, graph.Outputs[o], expected[o]).Floats.ToArray(), results[o].Floats.ToArray());
            kept = [.. graph.States.Select(s => results[s.Output].Floats.ToArray())];
        }
    }

    [RealModelTheory]
    [InlineData(Objective.Fit, false)]
    [InlineData(Objective.Memory, true)]
    public void HostC_WakeWord_GoesOnWhereItEnded(Objective objective, bool stepped) =>
        Expected.Value.AssertEqual("host C", StreamedModel.OnHost(Compile(WakeWord.Value, objective, stepped), Sounds.Value));

    [RealModelTheory]
    [InlineData(Objective.Memory)]
    public void CSharp_WakeWord_GoesOnWhereItEnded(Objective objective) =>
        Expected.Value.AssertEqual("C#", new(new ManagedNetwork(Compile(WakeWord.Value, objective)).RunStream(Sounds.Value)));

    [RealModelOnBoardTheory]
    [InlineData("cortex-m4f", "stm32l4r5")]
    [InlineData("cortex-m0", "stm32g0b1")]
    public void Board_WakeWord_GoesOnWhereItEnded(string board, string device) =>
        Expected.Value.AssertEqual(
            board,
            StreamedModel.OnBoard(board, Compile(WakeWord.Value, Objective.Fit, device: device), Sounds.Value)
        );

    [HostCompilerFact]
    public void HostC_RandomNetworks_GoOnWhereTheyEnded()
    {
        foreach (
            var (graph, seed) in Enumerable
                .Range(20, 5)
                .Select(seed => (StatefulNetwork.Build(seed), seed))
                .Where(g => !g.Item1.States.IsEmpty)
        )
        {
            var slices = StatefulNetwork.Slices(graph, 3, seed);
            var model = Compile(graph, Objective.Memory, stepped: seed % 2 == 1);
            new Outputs(StatefulNetwork.Reference(graph, slices)).AssertEqual(graph.Name, StreamedModel.OnHost(model, slices));
        }
    }

    private static CompiledModel Compile(NetworkGraph graph, Objective objective, bool stepped = false, string device = "stm32l4r5") =>
        StreamedModel.Compile(graph, objective, stepped, device, StateChoice.Guessed);

    private static OnnxTensor Real(NetworkGraph graph, GraphPort port, byte[] stored)
    {
        var type = graph[port.Tensor].Type;
        var onnx = new TensorData(type, Golden.ToOnnx(stored, graph, port)).Reals().Select(v => (float)v).ToArray();
        return OnnxTensor.Float(port.Name, [.. port.Dims.Select(d => (long)d)], onnx);
    }
}
