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
    public static LinearShape ShapeOf(LinearKind kind, NodeTypes types, ConstantTensor weights, Window window, int groups = 1) =>
        new()
        {
            Kind = kind,
            Input = InputOf(kind, types),
            Output = types.Output.Shape,
            Window = window,
            Groups = groups,
            IsNarrow = IsNarrow(kind, weights),
        };

    public static LinearLayer Of(
        LinearKind kind,
        NodeTypes types,
        ConstantTensor weights,
        ConstantTensor? bias,
        Window window,
        Clamp clamp,
        int groups = 1
    ) => AccumulatorBounds.Folded(Plain(kind, types, weights, bias, window, clamp, groups));

    /// <summary>The layer with the bias of the model alone, as kernels have it that subtract the input's zero point themselves; activations
    /// may be of any integers.</summary>
    public static LinearLayer Plain(
        LinearKind kind,
        NodeTypes types,
        ConstantTensor weights,
        ConstantTensor? bias,
        Window window,
        Clamp clamp,
        int groups = 1
    )
    {
        var channels = types.Output.Shape.Channels;
        var (min, max) = clamp.Quantized(types.Output);
        var zeros = Enumerable.Range(0, channels).Select(weights.ZeroPointOf).ToArray();
        return new LinearLayer
        {
            Kind = kind,
            Input = InputOf(kind, types),
            Output = types.Output.Shape,
            Window = window,
            Groups = groups,
            Weights = ImmutableCollectionsMarshal.AsImmutableArray(MemoryMarshal.Cast<byte, sbyte>(weights.Data.AsSpan()).ToArray()),
            Bias = [],
            PlainBias = bias is null ? [.. new int[channels]] : [.. MemoryMarshal.Cast<byte, int>(bias.Data.AsSpan())],
            Scale = Enumerable
                .Range(0, channels)
                .Select(c => Arithmetic.CombinedScale(types.Input.Scale, weights.ScaleOf(c), types.Output.Scale))
                .ToImmutableArray(),
            WeightZero = zeros.All(z => z == 0) ? default : zeros.Select(z => (sbyte)z).ToImmutableArray(),
            IsNarrow = IsNarrow(kind, weights),
            InputZero = types.Input.ZeroPoint,
            OutputZero = types.Output.ZeroPoint,
            OutputMin = min,
            OutputMax = max,
        };
    }

    /// <summary>Whether weights have four bits in the model and no zero point, as flash keeps those of kinds with a kernel for
    /// them.</summary>
    public static bool IsNarrow(LinearKind kind, ConstantTensor weights) =>
        kind is LinearKind.Convolution or LinearKind.Dense
        && weights.Bits == 4
        && weights.IsSymmetric
        && MemoryMarshal.Cast<byte, sbyte>(weights.Data.AsSpan()).IndexOfAnyExceptInRange((sbyte)-8, (sbyte)7) < 0;

    private static TensorShape InputOf(LinearKind kind, NodeTypes types) =>
        kind == LinearKind.Dense ? TensorShape.Vector(types.Input.Shape.Elements) : types.Input.Shape;
}
