using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Mul
{
    /// <summary>
    /// clamp(round_half_even(float((a - za) x (b - zb)) x ((as x bs) / ys)) + zy): the product of the integers is exact, the scale is rounded
    /// twice once per layer, then one float32 multiplication. Equal to QLinearMul of ONNX Runtime.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (a, b) = (Arithmetic.Centered(inputs[0]), Arithmetic.Centered(inputs[1]));
        var (scale, range) = (Scale(types), Clamp.Quantized(types.Output));
        for (var i = 0; i < output.Bytes.Length; i++)
            output.Bytes[i] = unchecked((byte)Arithmetic.Requantize(a[i] * b[i % b.Length], scale, types.Output.ZeroPoint, range));
    }

    private static float Scale(NodeTypes types) => Arithmetic.CombinedScale(types.Inputs[0].Scale, types.Inputs[1].Scale, types.Output.Scale);
}
