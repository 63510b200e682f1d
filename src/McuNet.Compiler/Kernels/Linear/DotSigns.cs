using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Signs under which the weights of two channels fit one half-word, 256 a + b: -128 in the first needs a second that is not negative,
/// 128 one that is. A negated channel has its start value and multiplier negated too, which changes no product and no rounding.
/// </summary>
internal static class DotSigns
{
    private static readonly (int First, int Second)[] Choices = [(1, 1), (-1, 1), (1, -1), (-1, -1)];

    /// <summary>1 or -1 per channel, up to a multiple of four. The layer must have signs for every pair.</summary>
    public static int[] Of(LinearLayer layer)
    {
        var signs = Enumerable.Repeat(1, (layer.Output.Channels + 3) / 4 * 4).ToArray();
        for (var c = 0; c < layer.Output.Channels; c += 2)
            (signs[c], signs[c + 1]) = OfPair(layer, c)!.Value;
        return signs;
    }

    /// <summary>The first choice that fits all taps of channels <paramref name="first"/> and the next; null where none does.</summary>
    public static (int First, int Second)? OfPair(LinearLayer layer, int first)
    {
        var a = layer.Weights.AsSpan(first * layer.Taps, layer.Taps);
        var b = first + 1 < layer.Output.Channels ? layer.Weights.AsSpan((first + 1) * layer.Taps, layer.Taps) : new sbyte[layer.Taps];
        foreach (var (u, v) in Choices)
        {
            var t = 0;
            while (t < a.Length && v * b[t] <= sbyte.MaxValue && 256 * u * a[t] + v * b[t] is >= short.MinValue and <= short.MaxValue)
                t++;
            if (t == a.Length)
                return (u, v);
        }

        return null;
    }
}
