using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record AveragePool
{
    /// <summary>
    /// sum = sum (x - zx) in int32 over the taps inside the input, count = their number (of all taps with <see cref="CountPadding"/>),
    /// then clamp(round_half_even(float(sum) x (xs / (ys x count))) + zy).
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var range = Clamp.Quantized(types.Output);
        var input = Arithmetic.Centered(inputs[0]);
        var sums = new int[to.Channels];
        for (var y = 0; y < to.Height; y++)
        {
            for (var x = 0; x < to.Width; x++)
            {
                sums.AsSpan().Clear();
                var count = Accumulate(input, from, y, x, sums);
                var scale = Arithmetic.MeanScale(types.Input.Scale, types.Output.Scale, CountPadding ? Window.Taps : count);
                for (var c = 0; c < sums.Length; c++)
                    output.Bytes[(y * to.Width + x) * to.Channels + c] = unchecked((byte)Arithmetic.Requantize(sums[c], scale, types.Output.ZeroPoint, range));
            }
        }
    }

    private int Accumulate(ReadOnlySpan<short> input, TensorShape from, int y, int x, Span<int> sums)
    {
        var count = 0;
        for (var i = 0; i < Window.KernelHeight; i++)
        {
            var row = y * Window.StrideHeight - Window.PadTop + i * Window.DilationHeight;
            if (row < 0 || row >= from.Height)
                continue;
            for (var j = 0; j < Window.KernelWidth; j++)
            {
                var column = x * Window.StrideWidth - Window.PadLeft + j * Window.DilationWidth;
                if (column < 0 || column >= from.Width)
                    continue;
                var pixel = input.Slice((row * from.Width + column) * from.Channels, from.Channels);
                for (var c = 0; c < pixel.Length; c++)
                    sums[c] += pixel[c];
                count++;
            }
        }

        return count;
    }
}
