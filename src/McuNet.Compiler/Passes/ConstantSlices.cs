using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Passes;

/// <summary>Constants with some channels left out.</summary>
internal static class ConstantSlices
{
    /// <summary>Output channels, with their scales and zero points.</summary>
    public static ConstantTensor Outputs(ConstantTensor tensor, int axis, int[] kept) =>
        Slice(tensor, tensor.Dims, axis, kept) with
        {
            Scales = tensor.Scales.Length == 1 ? tensor.Scales : [.. kept.Select(c => tensor.Scales[c])],
            ZeroPoints = tensor.ZeroPoints.Length == 1 ? tensor.ZeroPoints : [.. kept.Select(c => tensor.ZeroPoints[c])],
        };

    /// <summary>Input channels, the innermost dimension of weights [outputs, ...], pixels and channels possibly in one.</summary>
    public static ConstantTensor Inputs(ConstantTensor weights, int channels, int[] kept)
    {
        var last = weights.Dims[^1];
        var slice = Slice(weights, [.. weights.Dims[..^1], last / channels, channels], weights.Dims.Length, kept);
        return slice with { Dims = [.. weights.Dims[..^1], last / channels * kept.Length] };
    }

    /// <summary>The bias with what constant inputs add, value less zero point each, at all taps.</summary>
    public static ConstantTensor? WithShares(ConstantTensor? bias, ConstantTensor weights, int channels, (int Channel, int Value)[] shares)
    {
        if (shares.All(s => s.Value == 0))
            return bias;
        var outputs = weights.Dims[0];
        var values = bias is null ? new int[outputs] : MemoryMarshal.Cast<byte, int>(bias.Data.AsSpan()).ToArray();
        var taps = weights.Data.Length / outputs;
        for (var o = 0; o < outputs; o++)
        {
            foreach (var (channel, value) in shares)
            {
                for (var t = channel; t < taps; t += channels)
                    values[o] += value * ((sbyte)weights.Data[o * taps + t] - weights.ZeroPointOf(o));
            }
        }

        ImmutableArray<byte> data = [.. MemoryMarshal.AsBytes(values.AsSpan()).ToArray()];
        return bias is null ? new([outputs], ElementType.Int32, data, [1f], [0]) : bias with { Data = data };
    }

    private static ConstantTensor Slice(ConstantTensor tensor, ImmutableArray<int> dims, int axis, int[] kept)
    {
        var inner = dims.Skip(axis + 1).Aggregate(tensor.Element.Size(), (a, b) => a * b);
        var outer = dims.Take(axis).Aggregate(1, (a, b) => a * b);
        var data = ImmutableArray.CreateBuilder<byte>(outer * kept.Length * inner);
        for (var o = 0; o < outer; o++)
        {
            foreach (var channel in kept)
                data.AddRange(tensor.Data.AsSpan((o * dims[axis] + channel) * inner, inner));
        }

        return tensor with
        {
            Dims = dims.SetItem(axis, kept.Length),
            Data = data.MoveToImmutable(),
        };
    }
}
