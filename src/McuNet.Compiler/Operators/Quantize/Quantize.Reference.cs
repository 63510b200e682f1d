using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Quantize
{
    /// <summary>clamp(round_half_even(x / ys) + zy), where NaN counts as 0.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var range = Clamp.Quantized(types.Output);
        for (var i = 0; i < types.Output.Shape.Elements; i++)
            output[i] = Arithmetic.Quantize(inputs[0].Float32[i] / types.Output.Scale, types.Output.ZeroPoint, range);
    }

    /// <summary>clamp(x).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
        Arithmetic.Limit(inputs[0], output, Clamp);
}
