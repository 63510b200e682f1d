using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Cli;

/// <summary>Inputs of noise, the same in every run: all integers that a type has, real numbers from -1 to 1.</summary>
internal static class NoiseCases
{
    /// <summary>More would tell nothing new about cycles, and little about results.</summary>
    private const int Count = 4;

    public static IReadOnlyList<IReadOnlyList<byte[]>> Of(NetworkGraph network) => Of(network, Count);

    public static IReadOnlyList<IReadOnlyList<byte[]>> Of(NetworkGraph network, int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (IReadOnlyList<byte[]>)[.. network.Inputs.Select(p => Noise(random, network[p.Tensor].Type))])];
    }

    private static byte[] Noise(Random random, TensorType type)
    {
        var bytes = new byte[type.Bytes];
        if (type.Element != ElementType.Float32)
        {
            random.NextBytes(bytes);
            return bytes;
        }
        for (var at = 0; at < bytes.Length; at += sizeof(float))
            BitConverter.TryWriteBytes(bytes.AsSpan(at), random.NextSingle() * 2 - 1);
        return bytes;
    }
}
