using System;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>An input of a layer with weights less its zero point: 9 bits of bytes, 17 of int16.</summary>
internal readonly struct CenteredInput(TensorData data)
{
    private readonly short[]? _narrow = data.Type.Element == ElementType.Int16 ? null : Arithmetic.Centered(data);
    private readonly int[]? _wide = data.Type.Element == ElementType.Int16 ? Arithmetic.CenteredWide(data) : null;

    /// <summary>Sum of the products of a run of inputs with as many weights.</summary>
    public long Dot(int first, ReadOnlySpan<short> weights) =>
        _narrow is not null
            ? IntegerWeights.Dot(_narrow.AsSpan(first, weights.Length), weights)
            : IntegerWeights.Dot(_wide.AsSpan(first, weights.Length), weights);
}
