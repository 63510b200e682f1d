using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Redelivery
{
    /// <summary>The input.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output) =>
        inputs[0].Bytes.CopyTo(output.Bytes, 0);

    /// <summary>The input.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) => inputs[0].CopyTo(output, 0);
}
