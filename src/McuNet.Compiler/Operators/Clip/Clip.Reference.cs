using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Clip
{
    /// <summary>clamp(x): of integers between the integers that the limits round to.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Output.IsQuantized)
        {
            for (var i = 0; i < types.Output.Shape.Elements; i++)
                output.Float32[i] = Math.Clamp(inputs[0].Float32[i], Clamp.Min, Clamp.Max);
            return;
        }

        var (min, max) = Clamp.Quantized(types.Output);
        for (var i = 0; i < output.Bytes.Length; i++)
            output.Bytes[i] = unchecked((byte)Math.Clamp(inputs[0][i], min, max));
    }
}
