using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Mul
{
    /// <summary>
    /// clamp(round_half_even(float((a - za) x (b - zb)) x ((as x bs) / ys)) + zy): the product of the integers is exact, the scale is
    /// rounded twice once per layer, then one float32 multiplication. Equal to QLinearMul of ONNX Runtime.
    /// Of real numbers clamp(a x b).
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Output.IsQuantized)
        {
            for (var i = 0; i < types.Output.Shape.Elements; i++)
                output.Float32[i] = Clamp.Limit(inputs[0].Float32[i] * inputs[1].Float32[i % types.Inputs[1].Shape.Elements]);
            return;
        }

        var (a, b) = (Arithmetic.CenteredWide(inputs[0]), Arithmetic.CenteredWide(inputs[1]));
        var (scale, range) = (Scale(types), Clamp.Quantized(types.Output));
        for (var i = 0; i < types.Output.Shape.Elements; i++)
            output[i] = Arithmetic.Requantize((long)a[i] * b[i % b.Length], scale, types.Output.ZeroPoint, range);
    }

    /// <summary>clamp(a x b).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        for (var i = 0; i < output.Length; i++)
            output[i] = Clamp.Apply(inputs[0][i] * inputs[1][i % inputs[1].Length]);
    }

    private static float Scale(NodeTypes types) =>
        Arithmetic.CombinedScale(types.Inputs[0].Scale, types.Inputs[1].Scale, types.Output.Scale);
}
