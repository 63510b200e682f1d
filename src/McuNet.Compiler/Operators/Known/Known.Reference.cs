using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Known
{
    /// <summary>The elements as they are stored.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output) => Data.CopyTo(output.Bytes);

    /// <summary>The real numbers that they are or stand for.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
        new TensorData(types.Output, Data.AsSpan()).Reals().CopyTo(output, 0);
}
