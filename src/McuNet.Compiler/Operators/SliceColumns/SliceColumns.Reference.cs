using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record SliceColumns
{
    /// <summary>Copies columns [Begin, End) of every row.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output) =>
        Copy<byte>(types, inputs[0].Bytes, output.Bytes, types.Input.RowBytes / types.Input.Shape.Width);

    /// <summary>The same.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) => Copy<double>(types, inputs[0], output, types.Input.Shape.Channels);

    private void Copy<T>(NodeTypes types, ReadOnlySpan<T> input, Span<T> output, int pixel)
    {
        var row = Columns.Count * pixel;
        for (var y = 0; y < types.Output.Shape.Height; y++)
            input.Slice((y * types.Input.Shape.Width + Columns.Begin) * pixel, row).CopyTo(output[(y * row)..]);
    }
}
