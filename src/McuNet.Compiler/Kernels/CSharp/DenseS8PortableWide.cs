using System;

/// <summary>Fully connected layer in 64 bits: Wide.cs, one pixel of inChannels inputs. Output may not overlap the input.</summary>
internal static partial class Kernels
{
    internal static void DenseS8PortableWide(sbyte[] arena, int input, int output, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scale, ReadOnlySpan<sbyte> weightZero, int inWidth, int inChannels, int outChannels, int kernelHeight, int kernelWidth,
        int stride, int dilation, int padLeft, int inZero, int outZero, int outMin, int outMax)
    {
        for (int c = 0; c < outChannels; c++)
        {
            long acc = bias[c] + WideDot(arena, input, weights.Slice(c * inChannels, inChannels), inZero, weightZero[c]);
            arena[output + c] = WideResult(acc, scale[c], outZero, outMin, outMax);
        }
    }
}
