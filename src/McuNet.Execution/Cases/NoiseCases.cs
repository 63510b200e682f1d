using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Execution.Cases;

/// <summary>Inputs of noise, the same in every run: all integers of 8 bits, numbers from 0 to 99, real numbers from -1 to 1.</summary>
public static class NoiseCases
{
    /// <summary>More would tell nothing new about cycles, and little about results.</summary>
    private const int Count = 4;

    /// <summary>Numbers mostly count something: few are as large as an int32 may be.</summary>
    private const int Numbers = 100;

    public static IReadOnlyList<IReadOnlyList<byte[]>> Of(NetworkGraph network) => Of(network, Count);

    public static IReadOnlyList<IReadOnlyList<byte[]>> Of(NetworkGraph network, int count)
    {
        var random = new Random(1);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => (IReadOnlyList<byte[]>)[.. network.Inputs.Select(p => Noise(random, network[p.Tensor].Type))]),
        ];
    }

    /// <summary>A tensor of noise.</summary>
    public static byte[] Of(TensorType type) => Noise(new(1), type);

    private static byte[] Noise(Random random, TensorType type)
    {
        var bytes = new byte[type.Bytes];
        if (type.Element == ElementType.Int32)
        {
            for (var at = 0; at < bytes.Length; at += sizeof(int))
                BitConverter.TryWriteBytes(bytes.AsSpan(at), random.Next(Numbers));
            return bytes;
        }
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
