/// <summary>What vectors need of layers on real numbers: their weights in another order, made by the first inference.</summary>
internal static partial class Kernels
{
#if NET8_0_OR_GREATER
    /// <summary>Null where the layer has no vectors.</summary>
    internal static RealBlocks BlocksOf(MnReal p, bool isDepthwise = false)
    {
        if (p.Blocks != null || RealLanes(p.OutChannels) == 0)
            return p.Blocks;
        int taps = p.KernelHeight * p.KernelWidth * (isDepthwise ? 1 : p.InChannels);
        return p.Blocks = new RealBlocks(p.Weights, p.OutChannels, taps, isDepthwise)
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
internal sealed partial class MnReal
{
    internal Kernels.RealBlocks Blocks;
}
#endif
