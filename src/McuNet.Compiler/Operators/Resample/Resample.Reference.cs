using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Resample
{
    /// <summary>clamp(sum over rows of row weight x (sum over columns of x times column weight)) in float32, every product and sum rounded,
    /// from 0 on.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var input = inputs[0].Float32;
        var result = output.Float32;
        var channels = types.Output.Shape.Channels;
        for (var i = 0; i < result.Length; i++)
        {
            var (y, x, c) = (i / types.Output.Shape.RowElements, i / channels % types.Output.Shape.Width, i % channels);
            var sum = 0f;
            for (var row = 0; row < RowTaps.Taps; row++)
            {
                var (between, at) = (0f, (RowTaps.First[y] + row) * types.Input.Shape.RowElements + ColumnTaps.First[x] * channels + c);
                for (var column = 0; column < ColumnTaps.Taps; column++)
                {
                    var product = input[at + column * channels] * ColumnTaps.Weights[x * ColumnTaps.Taps + column];
                    between += product;
                }

                var weighted = between * RowTaps.Weights[y * RowTaps.Taps + row];
                sum += weighted;
            }

            result[i] = Clamp.Limit(sum);
        }
    }

    /// <summary>clamp(the weighted sum).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var channels = types.Output.Shape.Channels;
        for (var i = 0; i < output.Length; i++)
        {
            var (y, x, c) = (i / types.Output.Shape.RowElements, i / channels % types.Output.Shape.Width, i % channels);
            var sum = 0.0;
            for (var tap = 0; tap < RowTaps.Taps * ColumnTaps.Taps; tap++)
            {
                var (row, column) = (tap / ColumnTaps.Taps, tap % ColumnTaps.Taps);
                var at = (RowTaps.First[y] + row) * types.Input.Shape.RowElements + (ColumnTaps.First[x] + column) * channels + c;
                sum += inputs[0][at] * ColumnTaps.Weights[x * ColumnTaps.Taps + column] * RowTaps.Weights[y * RowTaps.Taps + row];
            }

            output[i] = Clamp.Apply(sum);
        }
    }
}
