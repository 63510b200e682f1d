using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Dense
{
    /// <summary>As <see cref="Conv2D"/>, over all elements of the input.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var length = Weights.Dims[1];
        if (!types.Input.IsQuantized)
        {
            var bias = RealLinear.Bias(this, Weights.Dims[0]);
            for (var c = 0; c < Weights.Dims[0]; c++)
                output.Float32[c] = Clamp.Limit(RealLinear.Add(bias[c], inputs[0].Float32, RealLinear.Numbers(Weights)[(c * length)..]));
            return;
        }

        var layer = new IntegerWeights(Weights, Bias, Clamp, types, Weights.Dims[0], i => i / length);
        var input = new CenteredInput(inputs[0]);
        for (var c = 0; c < Weights.Dims[0]; c++)
            layer.Finish(output, c, layer.Bias[c] + input.Dot(0, layer.Values.AsSpan(c * length, length)), c);
    }

    /// <summary>clamp(bias + sum x w).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var (length, bias) = (Weights.Dims[1], Bias?.Reals(i => i));
        var weights = Weights.Reals(i => i / length);
        for (var c = 0; c < output.Length; c++)
            output[c] = Clamp.Apply((bias?[c] ?? 0) + inputs[0].Zip(weights.Skip(c * length), (x, v) => x * v).Sum());
    }
}
