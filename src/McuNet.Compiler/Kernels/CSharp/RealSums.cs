/// <summary>
/// Sums of products in float32, each product and each sum rounded on its own, in the order of the inputs. Weights of four channels lie
/// interleaved, [inputs][4], so that <c>spread</c> is 4; those of a single channel one behind the other.
/// </summary>
internal static partial class Kernels
{
    internal static float RealSum(float sum, sbyte[] arena, int x, float[] weights, int w, int spread, int n)
    {
        for (; n > 0; n--, x += 4, w += spread)
            sum = (float)(sum + (float)(LoadF32(arena, x) * weights[w]));
        return sum;
    }

    /// <summary>Where the weights of a channel begin among those of all, whose blocks have <c>taps</c> each.</summary>
    internal static int RealWeights(int channel, int channels, int taps) =>
        channel < (channels & ~3) ? (channel & ~3) * taps + (channel & 3) : channel * taps;
}
