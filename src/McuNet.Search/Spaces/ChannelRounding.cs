using System;

namespace McuNet.Search.Spaces;

/// <summary>
/// How scaled channel counts become whole ones: to the nearest multiple of the divisor, at least the minimum, one multiple more where that
/// would fall below <paramref name="Keep"/> of the wish (MobileNetV2's make_divisible).
/// </summary>
public sealed record ChannelRounding(int Divisor, int Minimum, double Keep)
{
    public int Round(double channels)
    {
        var rounded = Math.Max(Minimum, (int)(channels + Divisor / 2.0) / Divisor * Divisor);
        return rounded < Keep * channels ? rounded + Divisor : rounded;
    }
}
