using System;

/// <summary>
/// Copies the inputs under the window at output column x into the arena at <c>patch</c>, [KernelHeight][KernelWidth][InChannels].
/// Padding rows and columns outside of the input are filled with the input's zero point.
/// </summary>
internal static partial class Kernels
{
    internal static void GatherS8(MnConv p, sbyte[] arena, int[] rows, int x, int patch)
    {
        int first = x * p.Stride - p.PadLeft;
        for (int ky = 0; ky < p.KernelHeight; ky++)
        {
            int row = rows[ky];
            if (row >= 0 && p.Dilation == 1 && first >= 0 && first + p.KernelWidth <= p.InWidth)
            {
                Array.Copy(arena, row + first * p.InChannels, arena, patch, p.KernelWidth * p.InChannels);
                patch += p.KernelWidth * p.InChannels;
                continue;
            }
            for (int kx = 0; kx < p.KernelWidth; kx++)
            {
                int column = first + kx * p.Dilation;
                bool inside = row >= 0 && column >= 0 && column < p.InWidth;
                int at = row + column * p.InChannels;
                for (int c = 0; c < p.InChannels; c++)
                    arena[patch + c] = inside ? arena[at + c] : (sbyte)p.InZero;
                patch += p.InChannels;
            }
        }
    }
}
