using System;

/// <summary>Pointwise convolution in 64 bits: Wide.cs. Rows may be joined. Output may not overlap the input.</summary>
internal static partial class Kernels
{
    internal static void PointwiseS8PortableWide(sbyte[] arena, int input, int output, int x0, int x1, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scale, ReadOnlySpan<sbyte> weightZero, int inWidth, int inChannels, int outChannels, int kernelHeight, int kernelWidth,
        int stride, int dilation, int padLeft, int inZero, int outZero, int outMin, int outMax)
    {
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < outChannels; c++)
            {
                long acc = bias[c] + WideDot(arena, input + x0 * stride * inChannels, weights.Slice(c * inChannels, inChannels), inZero, weightZero[c]);
                arena[output + x0 * outChannels + c] = WideResult(acc, scale[c], outZero, outMin, outMax);
            }
        }
    }
}
