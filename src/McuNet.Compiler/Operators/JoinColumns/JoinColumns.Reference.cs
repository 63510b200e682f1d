using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record JoinColumns
{
    /// <summary>Copies the rows of all inputs one behind the other.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var to = 0;
        for (var y = 0; y < types.Output.Shape.Height; y++)
        {
            foreach (var input in inputs)
            {
                var bytes = input.Type.RowBytes;
                input.Bytes.AsSpan(y * bytes, bytes).CopyTo(output.Bytes.AsSpan(to));
                to += bytes;
            }
        }
    }
}
