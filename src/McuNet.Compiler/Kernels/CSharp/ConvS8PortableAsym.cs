using System;

/// <summary><c>ConvS8Portable</c> for weights with zero points.</summary>
internal static partial class Kernels
{
    internal static void ConvS8PortableAsym(sbyte[] arena, int[] rows, int output, int x0, int x1, int scratch,
        ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scale, int inWidth, int inChannels, int outWidth,
        int outChannels, int kernelHeight, int kernelWidth, int stride, int dilation, int padLeft, int inZero, int outZero, int outMin,
        int outMax, ReadOnlySpan<sbyte> weightZero)
    {
        unchecked
        {
            int taps = kernelHeight * kernelWidth * inChannels;
            int a = scratch, b = scratch + taps;
            for (; x0 + 2 <= x1; x0 += 2)
            {
                GatherS8(arena, rows, x0, a, inWidth, inChannels, kernelHeight, kernelWidth, stride, dilation, padLeft, inZero);
                GatherS8(arena, rows, x0 + 1, b, inWidth, inChannels, kernelHeight, kernelWidth, stride, dilation, padLeft, inZero);
                Pixels2S8(arena, a, b, taps, output + x0 * outChannels,
                    weights, bias, scale, outChannels, outZero, outMin, outMax, weightZero, SumS8(arena, a, taps), SumS8(arena, b, taps));
            }
            if (x0 < x1)
            {
                GatherS8(arena, rows, x0, a, inWidth, inChannels, kernelHeight, kernelWidth, stride, dilation, padLeft, inZero);
                Pixel1S8(arena, a, taps, output + x0 * outChannels,
                    weights, bias, scale, outChannels, outZero, outMin, outMax, weightZero, SumS8(arena, a, taps));
            }
        }
    }
}
