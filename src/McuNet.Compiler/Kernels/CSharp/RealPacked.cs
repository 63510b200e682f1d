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
#if NET8_0_OR_GREATER

    /// <summary>Null where the layer has no vectors.</summary>
    internal static RealBlocks BlocksOf(MnRealPacked p, bool isDepthwise = false)
    {
        if (p.Blocks != null || RealLanes(p.OutChannels) == 0)
            return p.Blocks;
        int taps = p.KernelHeight * p.KernelWidth * (isDepthwise ? 1 : p.InChannels);
        float[] weights = new float[p.OutChannels * taps];
        for (int i = 0; i < weights.Length; i++)
        {
            int c = isDepthwise ? i % p.OutChannels : i / taps,
                lanes = c < (p.OutChannels & ~3) ? 4 : 1,
                at = isDepthwise ? i : PackedAt(c, lanes, taps, i % taps),
                place = isDepthwise ? c : PackedAt(c, lanes, p.Scales, i % taps / p.Group);
            weights[at] = PackedWeight(p.Weights, p.Scale, p.Zero, p.Bits, p.Zeros, at, place);
        }
        return p.Blocks = new RealBlocks(weights, p.OutChannels, taps, isDepthwise)
        {
            Bias = p.Bias,
            Low = p.Low,
            High = p.High,
            InChannels = p.InChannels,
            InWidth = p.InWidth,
            KernelHeight = p.KernelHeight,
            KernelWidth = p.KernelWidth,
            Stride = p.Stride,
            Dilation = p.Dilation,
            PadLeft = p.PadLeft,
        };
    }
#endif
}

#if NET8_0_OR_GREATER
internal sealed partial class MnRealPacked
{
    internal Kernels.RealBlocks Blocks;
}
#endif
