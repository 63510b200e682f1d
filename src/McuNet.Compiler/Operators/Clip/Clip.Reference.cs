using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Clip
{
    /// <summary>clamp(x) between the integers that the limits round to, or between the limits.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Output.IsQuantized)
        {
            for (var i = 0; i < types.Output.Shape.Elements; i++)
                output.Float32[i] = Clamp.Limit(inputs[0].Float32[i]);
            return;
        }

        var (min, max) = Clamp.Quantized(types.Output);
        for (var i = 0; i < types.Output.Shape.Elements; i++)
            output[i] = Math.Clamp(inputs[0][i], min, max);
    }

    /// <summary>clamp(x).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
        Arithmetic.Limit(inputs[0], output, Clamp);
}
