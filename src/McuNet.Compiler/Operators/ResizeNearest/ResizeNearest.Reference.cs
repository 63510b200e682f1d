using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record ResizeNearest
{
    /// <summary>Copies pixel (RowSource[y], ColumnSource[x]) to pixel (y, x).</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var pixel = to.Channels * types.Output.Element.Size();
        for (var y = 0; y < to.Height; y++)
        {
            for (var x = 0; x < to.Width; x++)
            {
                var source = (RowSource[y] * from.Width + ColumnSource[x]) * pixel;
                inputs[0].Bytes.AsSpan(source, pixel).CopyTo(output.Bytes.AsSpan((y * to.Width + x) * pixel));
            }
        }
    }
}
