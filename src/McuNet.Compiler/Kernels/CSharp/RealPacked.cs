/// <summary>Sums of convolutions and fully connected layers by packed weights.</summary>
internal static partial class Kernels
{
    /// <summary>sum and the products of n inputs with the weights of a channel from <c>tap</c> on.</summary>
    internal static float RealPackedSum(
        MnRealPacked p,
        float sum,
        sbyte[] arena,
        int x,
        int n,
        int taps,
        int channel,
        int lanes,
        int tap
    ) => PackedSum(sum, arena, x, n, p.Weights, p.Scale, p.Zero, p.Bits, p.Zeros, p.Group, p.Scales, taps, channel, lanes, tap);
}
