using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record MaxPool
{
    /// <summary>The largest of the window's taps inside the input, starting from the smallest value of the element type.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var lowest = types.Input.Element == ElementType.UInt8 ? 0 : sbyte.MinValue;
        for (var y = 0; y < to.Height; y++)
        {
            for (var x = 0; x < to.Width; x++)
            {
                var pixel = output.Bytes.AsSpan((y * to.Width + x) * to.Channels, to.Channels);
                for (var c = 0; c < pixel.Length; c++)
                    pixel[c] = unchecked((byte)Largest(inputs[0], from, y, x, c, lowest));
            }
        }
    }

    private int Largest(TensorData input, TensorShape from, int y, int x, int channel, int largest)
    {
        for (var i = 0; i < Window.KernelHeight; i++)
        {
            var row = y * Window.StrideHeight - Window.PadTop + i * Window.DilationHeight;
            if (row < 0 || row >= from.Height)
                continue;
            for (var j = 0; j < Window.KernelWidth; j++)
            {
                var column = x * Window.StrideWidth - Window.PadLeft + j * Window.DilationWidth;
                if (column >= 0 && column < from.Width)
                    largest = Math.Max(largest, input[(row * from.Width + column) * from.Channels + channel]);
            }
        }

        return largest;
    }
}
