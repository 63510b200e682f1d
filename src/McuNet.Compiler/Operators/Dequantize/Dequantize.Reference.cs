using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Dequantize
{
    /// <summary>float(x - zx) x xs.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        for (var i = 0; i < types.Output.Shape.Elements; i++)
            output.Float32[i] = types.Input.Quantization!.Real(inputs[0][i]);
    }

    /// <summary>The input.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) => inputs[0].CopyTo(output, 0);
}
