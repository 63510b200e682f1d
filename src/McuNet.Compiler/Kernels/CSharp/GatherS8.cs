using System;

/// <summary>
/// Copies the inputs under the window at output column x into the arena at <c>patch</c>, [kernelHeight][kernelWidth][inChannels].
/// Padding rows and columns outside of the input are filled with the input's zero point.
/// </summary>
internal static partial class Kernels
{
    internal static void GatherS8(sbyte[] arena, int[] rows, int x, int patch, int inWidth, int inChannels, int kernelHeight,
        int kernelWidth, int stride, int dilation, int padLeft, int inZero)
    {
        int first = x * stride - padLeft;
        for (int ky = 0; ky < kernelHeight; ky++)
        {
            int row = rows[ky];
            if (row >= 0 && dilation == 1 && first >= 0 && first + kernelWidth <= inWidth)
            {
                Array.Copy(arena, row + first * inChannels, arena, patch, kernelWidth * inChannels);
                patch += kernelWidth * inChannels;
                continue;
            }
            for (int kx = 0; kx < kernelWidth; kx++)
            {
                int column = first + kx * dilation;
                bool inside = row >= 0 && column >= 0 && column < inWidth;
                int at = row + column * inChannels;
                for (int c = 0; c < inChannels; c++)
                    arena[patch + c] = inside ? arena[at + c] : (sbyte)inZero;
                patch += inChannels;
            }
        }
    }
}
