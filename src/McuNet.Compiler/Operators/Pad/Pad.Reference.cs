using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Pad
{
    /// <summary>Copies the input's elements, and puts clamp(round_half_even(fill / ys) + zy) around them, or the number itself where they
    /// are real.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (size, fill) = (types.Output.Element.Size(), Bits(types.Output));
        for (var i = 0; i < output.Bytes.Length; i++)
            output.Bytes[i] = unchecked((byte)(fill >> 8 * (i % size)));
        Place<byte>(types, inputs[0].Bytes, output.Bytes, size);
    }

    /// <summary>The input, and the fill around it.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        Array.Fill(output, Fill);
        Place<double>(types, inputs[0], output, 1);
    }

    private void Place<T>(NodeTypes types, ReadOnlySpan<T> input, Span<T> output, int size)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var pixel = from.Channels * size;
        for (var y = 0; y < from.Height; y++)
        {
            for (var x = 0; x < from.Width; x++)
            {
                var place = (((y + Margins.Top) * to.Width + x + Margins.Left) * to.Channels + Margins.Front) * size;
                input.Slice((y * from.Width + x) * pixel, pixel).CopyTo(output[place..]);
            }
        }
    }
}
