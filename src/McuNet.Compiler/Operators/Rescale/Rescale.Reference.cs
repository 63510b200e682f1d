using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Rescale
{
    /// <summary>Dequantised, then quantised: clamp(round_half_even((float(x - zx) x xs) / ys) + zy).</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (types.Input.Element.Size() + types.Output.Element.Size() > 2)
        {
            Convert(inputs[0], Clamp, output);
            return;
        }

        var table = Lookup.Table(types.Input, types.Output, new UnaryFunction.Identity(), Clamp);
        for (var i = 0; i < output.Bytes.Length; i++)
            output.Bytes[i] = table[inputs[0].Bytes[i]];
    }

    /// <summary>What integers stand for as those of another type.</summary>
    internal static void Convert(TensorData from, Clamp clamp, TensorData to)
    {
        var range = clamp.Quantized(to.Type);
        for (var i = 0; i < to.Type.Shape.Elements; i++)
        {
            var steps = from.Type.Quantization!.Real(from[i]) / to.Type.Scale;
            to[i] = Arithmetic.Quantize(steps, to.Type.ZeroPoint, range);
        }
    }

    /// <summary>clamp(x).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
        Arithmetic.Limit(inputs[0], output, Clamp);
}
