using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Graph;

/// <summary>
/// A sliding window over rows and columns. Output row y reads input rows y*StrideHeight - PadTop + i*DilationHeight
/// for i in [0, KernelHeight); rows outside the input are padding.
/// </summary>
public sealed record Window
{
    public required int KernelHeight { get; init; }

    public required int KernelWidth { get; init; }

    public int StrideHeight { get; init; } = 1;

    public int StrideWidth { get; init; } = 1;

    public int DilationHeight { get; init; } = 1;

    public int DilationWidth { get; init; } = 1;

    public int PadTop { get; init; }

    public int PadLeft { get; init; }

    public int PadBottom { get; init; }

    public int PadRight { get; init; }

    /// <summary>Pixels of the input in a window.</summary>
    public int Taps => KernelHeight * KernelWidth;

    public int SpanHeight => (KernelHeight - 1) * DilationHeight + 1;

    public int SpanWidth => (KernelWidth - 1) * DilationWidth + 1;

    /// <summary>The taps of an output pixel that lie inside the input, in order: number of the tap, and of the input's pixel, row by
    /// row.</summary>
    public IEnumerable<(int Tap, int Pixel)> Inside(TensorShape input, int y, int x)
    {
        for (var i = 0; i < KernelHeight; i++)
        {
            var row = y * StrideHeight - PadTop + i * DilationHeight;
            if (row < 0 || row >= input.Height)
                continue;
            for (var j = 0; j < KernelWidth; j++)
            {
                var column = x * StrideWidth - PadLeft + j * DilationWidth;
                if (column >= 0 && column < input.Width)
                    yield return (i * KernelWidth + j, row * input.Width + column);
            }
        }
    }

    /// <summary>Of the rows and of the taps of a window, how many lie inside the input, in the mean of all outputs.</summary>
    public (double Rows, double Taps) MeanInside(TensorShape input, TensorShape output)
    {
        var rows = Mean(output.Height, KernelHeight, (y, i) => y * StrideHeight - PadTop + i * DilationHeight, input.Height);
        return (rows, rows * Mean(output.Width, KernelWidth, (x, j) => x * StrideWidth - PadLeft + j * DilationWidth, input.Width));

        static double Mean(int outputs, int size, Func<int, int, int> place, int inputs) =>
            Enumerable.Range(0, outputs).Sum(o => Enumerable.Range(0, size).Count(i => place(o, i) is >= 0 and var at && at < inputs))
            / (double)outputs;
    }

    /// <summary>How many columns of a row of outputs have a window that leaves the input at a side.</summary>
    public int EdgeColumns(int inputWidth, int outputWidth) =>
        Enumerable
            .Range(0, outputWidth)
            .Count(x => x * StrideWidth - PadLeft is var first && (first < 0 || first + SpanWidth > inputWidth));

    public int OutputHeight(int inputHeight) => (inputHeight + PadTop + PadBottom - SpanHeight) / StrideHeight + 1;

    public int OutputWidth(int inputWidth) => (inputWidth + PadLeft + PadRight - SpanWidth) / StrideWidth + 1;

    public bool IsPointwise => KernelHeight == 1 && KernelWidth == 1;

    public bool HasPadding => (PadTop | PadLeft | PadBottom | PadRight) != 0;
}
