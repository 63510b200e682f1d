using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record SelectPixels
{
    /// <summary>Copies pixel (RowSource[y], ColumnSource[x]) to pixel (y, x).</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output) =>
        Copy<byte>(types.Input.Shape.Width, inputs[0].Bytes, output.Bytes, types.Output.Shape.Channels * types.Output.Element.Size());

    /// <summary>The same.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
        Copy<double>(types.Input.Shape.Width, inputs[0], output, types.Output.Shape.Channels);

    private void Copy<T>(int width, ReadOnlySpan<T> input, Span<T> output, int pixel)
    {
        for (var y = 0; y < RowSource.Length; y++)
        {
            for (var x = 0; x < ColumnSource.Length; x++)
                input
                    .Slice((RowSource[y] * width + ColumnSource[x]) * pixel, pixel)
                    .CopyTo(output[((y * ColumnSource.Length + x) * pixel)..]);
        }
    }
}
