using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Concat
{
    /// <summary>
    /// clamp(round_half_even(float(xs x float(x - zx)) / ys) + zy) for every element: the table of <see cref="Lookup"/> for the function
    /// that changes nothing. An input with the scale and zero point of the output keeps its integers, as all do that are joined as they are
    /// stored. ONNX Runtime's QLinearConcat uses the same tables.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        byte[][] parts = [.. inputs.Select((input, n) => Copies(types, n) ? input.Bytes : Converted(types, input, n))];
        Join(types, parts, output.Bytes, types.Output.Element.Size());
    }

    /// <summary>clamp(x) of the input that an element comes from; where integers are joined, what they stand for as those of the
    /// result.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        double[][] parts =
        [
            .. inputs.Select(
                (input, n) =>
                    input
                        .Select(x => Clamp.Apply(IsStored ? Reread(x, types.Inputs[n].Quantization, types.Output.Quantization) : x))
                        .ToArray()
            ),
        ];
        Join(types, parts, output, 1);
    }

    private static double Reread(double real, QuantizationParameters? from, QuantizationParameters? to) =>
        from is null || to is null ? real : (Math.Round(real / from.Scale) + from.ZeroPoint - to.ZeroPoint) * to.Scale;

    private void Join<T>(NodeTypes types, T[][] parts, T[] output, int size)
    {
        var pieces = Axis switch
        {
            ConcatAxis.Channels => types.Output.Shape.Height * types.Output.Shape.Width,
            ConcatAxis.Columns => types.Output.Shape.Height,
            _ => 1,
        };
        for (var (piece, to) = (0, 0); piece < pieces; piece++)
        {
            for (var n = 0; n < parts.Length; n++)
            {
                var shape = types.Inputs[n].Shape;
                var rows = Ranges.IsEmpty ? new RowRange(0, shape.Height) : Ranges[n];
                var (first, count) = (rows.Begin * shape.RowElements * size, rows.Count * shape.RowElements / pieces * size);
                Array.Copy(parts[n], first + piece * count, output, to, count);
                to += count;
            }
        }
    }

    private byte[] Converted(NodeTypes types, TensorData input, int number)
    {
        if (types.AreBytes)
        {
            var table = Table(types, number);
            return [.. input.Bytes.Select(b => table[b])];
        }

        var converted = new TensorData(types.Output with { Shape = input.Type.Shape });
        Rescale.Convert(input, Clamp, converted);
        return converted.Bytes;
    }

    private byte[] Table(NodeTypes types, int input) =>
        Lookup.Table(types.Inputs[input], types.Output, new UnaryFunction.Identity(), Clamp);
}
