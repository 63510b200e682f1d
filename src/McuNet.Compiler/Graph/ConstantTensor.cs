using System.Collections.Immutable;

namespace McuNet.Compiler.Graph;

/// <summary>
/// A constant operand: weights or bias. Integer constants stand for the real values (q - zero) * scale, with scale and zero point
/// per tensor (length 1) or per output channel.
/// </summary>
/// <param name="Dims">In the order that the operator documents.</param>
/// <param name="Data">Little-endian elements.</param>
public sealed record ConstantTensor(
    ImmutableArray<int> Dims,
    ElementType Element,
    ImmutableArray<byte> Data,
    ImmutableArray<float> Scales,
    ImmutableArray<int> ZeroPoints)
{
    public int Count => Data.Length / Element.Size();

    public float ScaleOf(int channel) => Scales.Length == 1 ? Scales[0] : Scales[channel];

    public int ZeroPointOf(int channel) => ZeroPoints.Length == 1 ? ZeroPoints[0] : ZeroPoints[channel];
}
