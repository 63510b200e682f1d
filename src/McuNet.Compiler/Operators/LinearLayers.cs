using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>Turns operators with constant weights into the numbers that kernels work with.</summary>
internal static class LinearLayers
{
    /// <summary>The layer without its numbers; weights are taken to be symmetric.</summary>
    public static LinearShape ShapeOf(LinearKind kind, NodeTypes types, Window window) =>
        new() { Kind = kind, Input = InputOf(kind, types), Output = types.Output.Shape, Window = window };

    public static LinearLayer Of(LinearKind kind, NodeTypes types, ConstantTensor weights, ConstantTensor? bias, Window window, Clamp clamp)
    {
        var channels = types.Output.Shape.Channels;
        var data = weights.Data.Select(b => (sbyte)b).ToImmutableArray();
        var (min, max) = clamp.Quantized(types.Output);
        var zeros = Enumerable.Range(0, channels).Select(weights.ZeroPointOf).ToArray();
        return new()
        {
            Kind = kind,
            Input = InputOf(kind, types),
            Output = types.Output.Shape,
            Window = window,
            Weights = data,
            Bias = FoldBias(kind, data, zeros, bias, types.Input.ZeroPoint),
            Scale = Enumerable.Range(0, channels).Select(c => Arithmetic.CombinedScale(types.Input.Scale, weights.ScaleOf(c), types.Output.Scale)).ToImmutableArray(),
            WeightZero = zeros.All(z => z == 0) ? default : zeros.Select(z => (sbyte)z).ToImmutableArray(),
            InputZero = types.Input.ZeroPoint,
            OutputZero = types.Output.ZeroPoint,
            OutputMin = min,
            OutputMax = max,
        };
    }

    private static TensorShape InputOf(LinearKind kind, NodeTypes types) =>
        kind == LinearKind.Dense ? TensorShape.Vector(types.Input.Shape.Elements) : types.Input.Shape;

    private static ImmutableArray<int> FoldBias(LinearKind kind, ImmutableArray<sbyte> weights, int[] zeros, ConstantTensor? bias, int inputZero)
    {
        var channels = zeros.Length;
        var taps = weights.Length / channels;
        var values = bias is null ? default : MemoryMarshal.Cast<byte, int>(bias.Data.AsSpan());
        var folded = ImmutableArray.CreateBuilder<int>(channels);
        for (var c = 0; c < channels; c++)
        {
            var sum = 0;
            for (var t = 0; t < taps; t++)
                sum += weights[kind == LinearKind.Depthwise ? t * channels + c : c * taps + t] - zeros[c];
            folded.Add((values.IsEmpty ? 0 : values[c]) - inputZero * sum);
        }

        return folded.MoveToImmutable();
    }
}
