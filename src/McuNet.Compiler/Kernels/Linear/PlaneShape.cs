using System;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// How a kernel of <see cref="DepthwisePlanes"/> walks a layer: <paramref name="Block"/> output rows of the layer in a call, at most
/// <paramref name="Band"/> of them at a time, lines of two input rows in scratch. Where <paramref name="Swapped"/>, rows here are columns
/// of the layer and columns are rows, and a call computes all.
/// </summary>
internal readonly record struct PlaneShape(LinearShape Layer, int Block, bool Swapped, int Band)
{
    /// <summary>Calls that compute the layer.</summary>
    public int Calls => (Layer.Output.Height + Block - 1) / Block;

    public int InHeight => Swapped ? Layer.Input.Width : RowsRead;

    public int InWidth => Swapped ? RowsRead : Layer.Input.Width;

    public int OutHeight => Swapped ? Layer.Output.Width : Layer.Output.Height;

    public int OutWidth => Swapped ? Layer.Output.Height : Layer.Output.Width;

    /// <summary>Kernel rows; those that meet nothing but padding are left out.</summary>
    public int KernelHeight => UsedRows.Count;

    /// <summary>Kernel columns; those that meet nothing but padding are left out where a kernel exists for the rest.</summary>
    public int KernelWidth => UsedColumns.Count;

    /// <summary>The first kernel row that meets input.</summary>
    public int FirstKernelRow => UsedRows.First;

    /// <summary>The first kernel column that meets input.</summary>
    public int FirstKernelColumn => UsedColumns.First;

    public int StrideHeight => Swapped ? Layer.Window.StrideWidth : Layer.Window.StrideHeight;

    public int Stride => Swapped ? Layer.Window.StrideHeight : Layer.Window.StrideWidth;

    public int PadTop => (Swapped ? Layer.Window.PadLeft : Layer.Window.PadTop) - FirstKernelRow;

    public int PadLeft => (Swapped ? Layer.Window.PadTop : Layer.Window.PadLeft) - FirstKernelColumn;

    private (int First, int Count) UsedRows =>
        Swapped
            ? Used(Layer.Window.KernelWidth, Layer.Window.PadLeft, StrideHeight, InHeight, OutHeight)
            : Used(Layer.Window.KernelHeight, Layer.Window.PadTop, StrideHeight, InHeight, OutHeight);

    private (int First, int Count) UsedColumns =>
        Swapped
            ? Used(Layer.Window.KernelHeight, Layer.Window.PadTop, Stride, InWidth, OutWidth)
            : Used(Layer.Window.KernelWidth, Layer.Window.PadLeft, Stride, InWidth, OutWidth);

    private int Channels => Layer.Input.Channels;

    /// <summary>Input rows of the layer without the last ones that no window reaches, which may not be in memory.</summary>
    private int RowsRead =>
        Math.Min(
            Layer.Input.Height,
            (Layer.Output.Height - 1) * Layer.Window.StrideHeight + Layer.Window.KernelHeight - Layer.Window.PadTop
        );

    /// <summary>Lines of <paramref name="rows"/> output rows.</summary>
    public int Lines(int rows) => ((rows - 1) * StrideHeight + KernelHeight + 1) / 2;

    /// <summary>Columns of a line: what outputs in pairs read, and at least all of the input.</summary>
    public int Columns => Math.Max(Stride * (Even(OutWidth) - 1) + KernelWidth, PadLeft + InWidth);

    /// <summary>Paired weights of a channel in words, twice where rows may begin in the middle of a line.</summary>
    public int PairedWords => KernelWidth * ((KernelHeight + 1) / 2 + (StrideHeight % 2 != 0 ? (KernelHeight + 2) / 2 : 0));

    /// <summary>Bytes of scratch of the 3 x 3 kernel, which computes output rows in pairs.</summary>
    public int ScratchBytes3x3 => (Channels + 3) / 4 * 4 + Lines(Even(Math.Min(Band, OutHeight))) * (24 + 16 * Columns);

    /// <summary>Bytes of scratch of the kernel for five or seven columns.</summary>
    public int ScratchBytes
    {
        get
        {
            var rows = Math.Min(Band, OutHeight);
            var columns = (Columns + Stride - 1) / Stride * Stride;
            return (Channels + 3) / 4 * 4 + Lines(rows) * (24 * Stride + 16 * columns) + 16 * rows + 4 * PairedWords;
        }
    }

    /// <summary>Lines of output row <paramref name="y"/> that hold input.</summary>
    public int LinesOf(int y)
    {
        var first = y * StrideHeight - PadTop;
        return Math.Max(1, LinesWithInput(first, first + KernelHeight));
    }

    /// <summary>Lines with input among those of input rows [begin, end); lines begin at the band's first row.</summary>
    public int LinesWithInput(int begin, int end)
    {
        var (from, to) = (Math.Max(begin, 0), Math.Min(end, InHeight));
        return from >= to ? 0 : (to - from + 2) / 2;
    }

    /// <summary>The kernel taps that meet input along one axis, in whole pairs taken off so that three, five or seven stay.</summary>
    private static (int First, int Count) Used(int kernel, int pad, int stride, int input, int output)
    {
        var (front, back) = (Math.Max(0, pad - (output - 1) * stride), Math.Max(0, kernel - pad - input));
        return (front + back) % 2 == 0 && kernel - front - back >= 3 ? (front, kernel - front - back) : (0, kernel);
    }

    private static int Even(int value) => (value + 1) / 2 * 2;
}
