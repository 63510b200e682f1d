using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Add
{
    /// <summary>
    /// ra = as / ys, rb = bs / ys, fixed = float(zy) - (ra x float(za) + rb x float(zb)) once per layer;
    /// then per element clamp(round_half_even(a x ra + (b x rb + fixed))). Every product and sum is rounded to float32, no fused multiply-add.
    /// The output's zero point is part of the rounded number.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (a, b) = (inputs[0], inputs[1]);
        var range = Clamp.Quantized(types.Output);
        var (ratioA, ratioB, constant) = Ratios(types);
        for (var i = 0; i < output.Bytes.Length; i++)
        {
            var partB = b[i] * ratioB;
            var sumB = partB + constant;
            var partA = a[i] * ratioA;
            output.Bytes[i] = unchecked((byte)Arithmetic.Quantize(partA + sumB, 0, range));
        }
    }

    /// <summary>The layer's three float32 constants: input scales in output steps, and the contribution of all zero points.</summary>
    public static (float RatioA, float RatioB, float Constant) Ratios(NodeTypes types)
    {
        var ratioA = types.Inputs[0].Scale / types.Output.Scale;
        var ratioB = types.Inputs[1].Scale / types.Output.Scale;
        var zeroA = ratioA * types.Inputs[0].ZeroPoint;
        var zeroB = ratioB * types.Inputs[1].ZeroPoint;
        return (ratioA, ratioB, types.Output.ZeroPoint - (zeroA + zeroB));
    }
}
