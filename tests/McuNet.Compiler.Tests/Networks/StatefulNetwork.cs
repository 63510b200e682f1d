using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>A random network some of whose values are remembered from one inference to the next.</summary>
public static class StatefulNetwork
{
    /// <summary>
    /// Beside each of a few tensors t stands a state s, and what read t reads t + s instead. The state becomes that sum (an echo), or t
    /// itself (a delay), which is there before s is read: it cannot take its place.
    /// </summary>
    public static NetworkGraph Build(int seed)
    {
        var graph = RandomNetwork.Build(seed, asymmetric: false);
        var random = new Random(seed);
        var editor = new GraphEditor(graph);
        var candidates = graph.Nodes.Where(n => graph[n.Output].Type.Element == ElementType.Int8 && !graph.IsOutput(n.Output)).ToArray();
        random.Shuffle(candidates);
        var states = ImmutableArray.CreateBuilder<StatePorts>();
        foreach (var node in candidates.Take(1 + seed % 3))
        {
            var (tensor, type, name) = (node.Output, editor.TypeOf(node.Output), $"state{states.Count}");
            var before = editor.AddTensor(name, type);
            var sum = editor.AddTensor($"{name}_sum", type);
            editor.Redirect(tensor, sum);
            editor.Add($"{name}_add", new Add(), [tensor, before], sum);
            editor.Inputs.Add(Port(name, before, type));
            states.Add(new(editor.Inputs.Count - 1, editor.Outputs.Count));
            editor.Outputs.Add(Port($"{name}_next", states.Count % 2 == 1 ? sum : tensor, type));
        }

        return editor.ToGraph() with
        {
            States = states.ToImmutable(),
        };
    }

    /// <summary>Random inputs of some slices, those of states never to be read.</summary>
    public static ImmutableArray<IReadOnlyList<byte[]>> Slices(NetworkGraph graph, int count, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => (IReadOnlyList<byte[]>)[.. graph.Inputs.Select(p => Noise(random, graph[p.Tensor].Type))]),
        ];
    }

    /// <summary>The outputs of the slices, states as they are after each.</summary>
    public static ImmutableArray<ImmutableArray<byte[]>> Reference(NetworkGraph graph, IEnumerable<IReadOnlyList<byte[]>> slices)
    {
        var kept = graph.States.Select(s => Start(graph[graph.Inputs[s.Input].Tensor].Type)).ToArray();
        var results = ImmutableArray.CreateBuilder<ImmutableArray<byte[]>>();
        foreach (var slice in slices)
        {
            var inputs = slice.ToArray();
            for (var s = 0; s < kept.Length; s++)
                inputs[graph.States[s].Input] = kept[s];
            var tensors = graph.Inputs.Select((p, i) => new TensorData(graph[p.Tensor].Type, inputs[i])).ToArray();
            results.Add([.. ReferenceEvaluator.Run(graph, tensors).Select(t => t.Bytes)]);
            for (var s = 0; s < kept.Length; s++)
                kept[s] = results[^1][graph.States[s].Output];
        }

        return results.ToImmutable();
    }

    private static GraphPort Port(string name, TensorId tensor, TensorType type) =>
        new(name, tensor, [1, type.Shape.Channels, type.Shape.Height, type.Shape.Width], type.Element);

    private static byte[] Start(TensorType type) => [.. Enumerable.Repeat(type.ZeroByte, type.Bytes)];

    private static byte[] Noise(Random random, TensorType type)
    {
        var bytes = new byte[type.Bytes];
        random.NextBytes(bytes);
        for (var i = 0; i < type.Shape.Elements && !type.IsQuantized; i++)
            BitConverter.TryWriteBytes(bytes.AsSpan(i * sizeof(float)), random.NextSingle() * 2 - 1);
        return bytes;
    }
}
