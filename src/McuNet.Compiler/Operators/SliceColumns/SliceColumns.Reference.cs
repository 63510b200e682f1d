using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record SliceColumns
{
    /// <summary>Copies columns [Begin, End) of every row.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var pixel = types.Input.RowBytes / types.Input.Shape.Width;
        for (var y = 0; y < types.Output.Shape.Height; y++)
        {
            var from = inputs[0].Bytes.AsSpan(y * types.Input.RowBytes + Columns.Begin * pixel, types.Output.RowBytes);
            from.CopyTo(output.Bytes.AsSpan(y * types.Output.RowBytes));
        }
    }
}
