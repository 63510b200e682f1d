using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record DepthwiseConv2D
{
    /// <summary>As <see cref="Conv2D"/>, with one input channel per output channel.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var layer = new IntegerWeights(Weights, Bias, Clamp, types, to.Channels, i => i % to.Channels);
        var input = Arithmetic.Centered(inputs[0]);
        var acc = new long[to.Channels];
        for (var y = 0; y < to.Height; y++)
        {
            for (var x = 0; x < to.Width; x++)
            {
                Array.Copy(layer.Bias, acc, acc.Length);
                Accumulate(input, from, layer.Values, y, x, acc);
                var pixel = output.Bytes.AsSpan((y * to.Width + x) * to.Channels, to.Channels);
                for (var c = 0; c < pixel.Length; c++)
                    pixel[c] = layer.Finish(acc[c], c);
            }
        }
    }

    private void Accumulate(ReadOnlySpan<short> input, TensorShape from, ReadOnlySpan<short> weights, int y, int x, Span<long> acc)
    {
        var multiplier = acc.Length / from.Channels;
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
                var taps = weights.Slice((i * Window.KernelWidth + j) * acc.Length, acc.Length);
                for (var c = 0; c < acc.Length; c++)
                    acc[c] += pixel[multiplier == 1 ? c : c / multiplier] * taps[c];
            }
        }
    }
}
