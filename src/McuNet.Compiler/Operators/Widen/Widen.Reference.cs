using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Widen
{
    /// <summary>x - zx.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        for (var i = 0; i < types.Output.Shape.Elements; i++)
            output[i] = inputs[0][i] - types.Input.ZeroPoint;
    }

    /// <summary>The input.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) => inputs[0].CopyTo(output, 0);
}
