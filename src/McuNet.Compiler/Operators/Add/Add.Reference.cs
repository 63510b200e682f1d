using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Add
{
    /// <summary>
    /// Before the zero point: clamp(round_half_even((float(a - za) x as + float(b - zb) x bs) / ys) + zy).
    /// With it: ra = as / ys, rb = bs / ys, fixed = float(zy) - (ra x float(za) + rb x float(zb)) once per layer;
    /// then per element clamp(round_half_even(a x ra + (b x rb + fixed))).
    /// Of real numbers clamp(a + b). Every product, sum and quotient is rounded to float32, no fused multiply-add.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (a, b) = (inputs[0], inputs[1]);
        if (!types.Output.IsQuantized)
        {
            for (var i = 0; i < types.Output.Shape.Elements; i++)
                output.Float32[i] = Clamp.Limit(a.Float32[i] + b.Float32[i]);
            return;
        }

        var range = Clamp.Quantized(types.Output);
        var steps = Ratios(types);
        for (var i = 0; i < types.Output.Shape.Elements; i++)
            output[i] = Rounding == AddRounding.WithZeroPoint ? SumOfSteps(steps, a[i], b[i], range) : SumOfReals(types, a[i], b[i], range);
    }

    /// <summary>clamp(a + b).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        for (var i = 0; i < output.Length; i++)
            output[i] = Clamp.Apply(inputs[0][i] + inputs[1][i]);
    }

    private static int SumOfReals(NodeTypes types, int a, int b, (int Min, int Max) range)
    {
        var realA = types.Inputs[0].Quantization!.Real(a);
        var realB = types.Inputs[1].Quantization!.Real(b);
        var sum = realA + realB;
        return Arithmetic.Quantize(sum / types.Output.Scale, types.Output.ZeroPoint, range);
    }

    private static int SumOfSteps((float RatioA, float RatioB, float Constant) layer, int a, int b, (int Min, int Max) range)
    {
        var partB = b * layer.RatioB;
        var sumB = partB + layer.Constant;
        var partA = a * layer.RatioA;
        return Arithmetic.Quantize(partA + sumB, 0, range);
    }

    /// <summary>The three float32 constants of sums that round with the zero point: input scales in output steps, and the contribution of
    /// all zero points.</summary>
    public static (float RatioA, float RatioB, float Constant) Ratios(NodeTypes types)
    {
        var ratioA = types.Inputs[0].Scale / types.Output.Scale;
        var ratioB = types.Inputs[1].Scale / types.Output.Scale;
        var zeroA = ratioA * types.Inputs[0].ZeroPoint;
        var zeroB = ratioB * types.Inputs[1].ZeroPoint;
        return (ratioA, ratioB, types.Output.ZeroPoint - (zeroA + zeroB));
    }
}
