using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Conv2D
{
    /// <summary>
    /// acc = bias + sum (x - zx)(w - zw) over the window's taps inside the input, then
    /// clamp(round_half_even(float(acc) x ((xs x ws) / ys)) + zy).
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var taps = Window.Taps * from.Channels;
        var layer = new IntegerWeights(Weights, Bias, Clamp, types, to.Channels, i => i / taps);
        var input = Arithmetic.Centered(inputs[0]);
        for (var y = 0; y < to.Height; y++)
        {
            for (var x = 0; x < to.Width; x++)
            {
                for (var c = 0; c < to.Channels; c++)
                    output.Bytes[((y * to.Width) + x) * to.Channels + c] = layer.Finish(layer.Bias[c] + Accumulate(input, from, layer.Values.AsSpan(c * taps, taps), y, x), c);
            }
        }
    }

    private long Accumulate(ReadOnlySpan<short> input, TensorShape from, ReadOnlySpan<short> weights, int y, int x)
    {
        var acc = 0L;
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
                acc += IntegerWeights.Dot(pixel, weights[((i * Window.KernelWidth + j) * from.Channels)..]);
            }
        }

        return acc;
    }
}
