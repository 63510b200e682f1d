namespace McuNet.Compiler.Kernels;

/// <summary>Orders in which kernels read weights.</summary>
internal static class WeightPacking
{
    /// <summary>
    /// Blocks of <paramref name="block"/> output channels with their taps side by side, [channels / block][taps][block]; the channels that are
    /// left follow one by one as [rest][taps].
    /// </summary>
    public static sbyte[] Interleave(LinearLayer layer, int block)
    {
        var channels = layer.Output.Channels;
        var taps = layer.Taps;
        var packed = new sbyte[channels * taps];
        var blocked = channels - channels % block;
        for (var c = 0; c < channels; c++)
        {
            for (var t = 0; t < taps; t++)
            {
                var place = c < blocked ? c / block * block * taps + t * block + c % block : c * taps + t;
                packed[place] = Weight(layer, c, t);
            }
        }

        return packed;
    }

    private static sbyte Weight(LinearLayer layer, int channel, int tap) =>
        layer.Kind == LinearKind.Depthwise ? layer.Weights[tap * layer.Output.Channels + channel] : layer.Weights[channel * layer.Taps + tap];
}
