using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Search.Evaluation;
using McuNet.Search.Spaces;

namespace McuNet.Search.Tests.Evaluation;

/// <summary>Weights as quantisation leaves them: bell-shaped, each channel's largest at 127.</summary>
internal sealed class RandomConstants(ulong seed)
{
    private readonly SplitMix64 _random = new(seed);

    public LayerConstants Of(NetworkLayer layer)
    {
        var dims = LayerConstants.WeightDims(layer);
        var weights = new sbyte[dims.Aggregate(1, (a, b) => a * b)];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (sbyte)
                Math.Clamp(Math.Round(32 * (_random.Unit() + _random.Unit() + _random.Unit() + _random.Unit() - 2) * 1.73), -127, 127);
        var bias = Enumerable.Range(0, layer.OutChannels).Select(_ => _random.Below(20_001) - 10_000).ToArray();
        var scales = Enumerable.Range(0, layer.OutChannels).Select(_ => (float)(0.002 + 0.004 * _random.Unit())).ToImmutableArray();
        return new(
            new ConstantTensor(dims, ElementType.Int8, Bytes<sbyte>(weights), scales, [0]),
            new ConstantTensor([layer.OutChannels], ElementType.Int32, Bytes<int>(bias), [1f], [0])
        );
    }

    private static ImmutableArray<byte> Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => [.. MemoryMarshal.AsBytes(values)];
}
