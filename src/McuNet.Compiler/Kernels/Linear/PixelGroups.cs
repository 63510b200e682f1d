using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>How a row of outputs is computed: so many groups of four and of two whose windows lie inside the input, others one by
/// one.</summary>
/// <param name="Edges">Pixels whose windows leave the input at a side.</param>
/// <param name="EdgeShare">Of their taps, about what is inside.</param>
/// <param name="RowShare">Of the rows of all windows, what is inside.</param>
internal readonly record struct PixelGroups(int Fours, int Pairs, int Singles, int Edges = 0, double EdgeShare = 1, double RowShare = 1)
{
    /// <summary>Times that all weights are read.</summary>
    public int Count => Fours + Pairs + Singles + Edges;

    /// <summary>The same two at a time.</summary>
    public PixelGroups Halved => this with { Fours = 0, Pairs = 2 * Fours + Pairs };

    /// <summary>Pixels without windows, four at a time and the rest one by one.</summary>
    public static PixelGroups Of(int pixels) => new(pixels / 4, 0, pixels % 4);

    public static PixelGroups Of(Window window, TensorShape input, TensorShape output)
    {
        var edges = window.EdgeColumns(input.Width, output.Width);
        var rows = Enumerable
            .Range(0, output.Height)
            .Sum(y =>
                Enumerable
                    .Range(0, window.KernelHeight)
                    .Count(i =>
                        y * window.StrideHeight - window.PadTop + i * window.DilationHeight is var row && row >= 0 && row < input.Height
                    )
            );
        var inside = output.Width - edges;
        return new(
            inside / 4,
            inside % 4 / 2,
            inside % 2,
            edges,
            1 - 1.0 / window.KernelWidth,
            (double)rows / (output.Height * window.KernelHeight)
        );
    }
}
