using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Widen
{
    /// <summary>x - zx; of real numbers trunc(x), saturated, and 0 of what is no number.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        for (var i = 0; i < types.Output.Shape.Elements; i++)
            output[i] = types.Input.IsQuantized ? inputs[0][i] - types.Input.ZeroPoint : Number(inputs[0].Float32[i]);
    }

    /// <summary>The whole number that a real one becomes.</summary>
    public static int Number(float x) =>
        x >= 2147483648f ? int.MaxValue
        : x > -2147483648f ? (int)x
        : x <= -2147483648f ? int.MinValue
        : 0;

    /// <summary>The input.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) => inputs[0].CopyTo(output, 0);
}
