using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Where
{
    /// <summary>
    /// The chosen element as it is stored; of another quantisation clamp(round_half_even(float(x - zx) x xs / ys) + zy). An integer
    /// condition is zero where it is the zero point.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (condition, to) = (types.Inputs[0], types.Output);
        for (var i = 0; i < to.Shape.Elements; i++)
        {
            var at = Place(condition.Shape, to.Shape, i);
            var chosen = (condition.IsQuantized ? inputs[0][at] != condition.ZeroPoint : inputs[0].Float32[at] != 0) ? 1 : 2;
            var value = inputs[chosen][Place(types.Inputs[chosen].Shape, to.Shape, i)];
            output[i] = Copies(types, chosen)
                ? value
                : Arithmetic.Quantize(types.Inputs[chosen].Quantization!.Real(value) / to.Scale, to.ZeroPoint, to.Element.Range());
        }
    }

    /// <summary>The second where the first is not zero, else the third.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            var chosen = inputs[0][Place(types.Inputs[0].Shape, types.Output.Shape, i)] != 0 ? 1 : 2;
            output[i] = inputs[chosen][Place(types.Inputs[chosen].Shape, types.Output.Shape, i)];
        }
    }

    private static int Place(TensorShape operand, TensorShape output, int index)
    {
        var (y, x, c) = (index / output.RowElements, index / output.Channels % output.Width, index % output.Channels);
        return (Math.Min(y, operand.Height - 1) * operand.Width + Math.Min(x, operand.Width - 1)) * operand.Channels
            + Math.Min(c, operand.Channels - 1);
    }
}
