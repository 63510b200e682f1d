using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Concat
{
    /// <summary>
    /// clamp(round_half_even(float(xs x float(x - zx)) / ys) + zy) for every element: the table of <see cref="Lookup"/> for the function that
    /// changes nothing. An input with the scale and zero point of the output keeps its integers. ONNX Runtime's QLinearConcat uses the same tables.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var shape = types.Output.Shape;
        var first = 0;
        for (var n = 0; n < inputs.Count; n++)
        {
            var (table, channels) = (Table(types, n), types.Inputs[n].Shape.Channels);
            for (var i = 0; i < inputs[n].Bytes.Length; i++)
                output.Bytes[i / channels * shape.Channels + first + i % channels] = table[inputs[n].Bytes[i]];
            first += channels;
        }
    }

    /// <summary>clamp(x) of the input that a channel comes from.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var (all, first) = (types.Output.Shape.Channels, 0);
        for (var n = 0; n < inputs.Count; n++)
        {
            var channels = types.Inputs[n].Shape.Channels;
            for (var i = 0; i < inputs[n].Length; i++)
                output[i / channels * all + first + i % channels] = Clamp.Apply(inputs[n][i]);
            first += channels;
        }
    }

    private byte[] Table(NodeTypes types, int input) => Lookup.Table(types.Inputs[input], types.Output, new UnaryFunction.Identity(), Clamp);
}
