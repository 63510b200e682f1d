using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Rescale
{
    /// <summary>Dequantised, then quantised: clamp(round_half_even((float(x - zx) x xs) / ys) + zy).</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var table = Lookup.Table(types.Input, types.Output, new UnaryFunction.Identity(), Clamp);
        for (var i = 0; i < output.Bytes.Length; i++)
            output.Bytes[i] = table[inputs[0].Bytes[i]];
    }

    /// <summary>clamp(x).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
        Arithmetic.Limit(inputs[0], output, Clamp);
}
