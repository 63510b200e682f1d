using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record AveragePool
{
    /// <summary>
    /// sum = sum (x - zx) in int32 over the taps inside the input, count = their number (of all taps with <see cref="CountPadding"/>),
    /// then clamp(round_half_even(float(sum) x (xs / (ys x count))) + zy). Of real numbers
    /// clamp(sum / float(count)), added up row by row.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        if (!types.Output.IsQuantized)
        {
            for (var i = 0; i < to.Elements; i++)
            {
                var (pixel, c) = (i / to.Channels, i % to.Channels);
                var (sum, count) = (0f, 0);
                foreach (var (_, source) in Window.Inside(from, pixel / to.Width, pixel % to.Width))
                    (sum, count) = (sum + inputs[0].Float32[source * from.Channels + c], count + 1);
                output.Float32[i] = Clamp.Limit(sum / (CountPadding ? Window.Taps : count));
            }

            return;
        }

        var range = Clamp.Quantized(types.Output);
        var input = Arithmetic.CenteredWide(inputs[0]);
        for (var i = 0; i < to.Elements; i++)
        {
            var (pixel, c) = (i / to.Channels, i % to.Channels);
            var (sum, count) = (0, 0);
            foreach (var (_, source) in Window.Inside(from, pixel / to.Width, pixel % to.Width))
                (sum, count) = (sum + input[source * from.Channels + c], count + 1);
            var scale = Arithmetic.MeanScale(types.Input.Scale, types.Output.Scale, CountPadding ? Window.Taps : count);
            output[i] = Arithmetic.Requantize(sum, scale, types.Output.ZeroPoint, range);
        }
    }

    /// <summary>clamp(sum x / count).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        for (var i = 0; i < output.Length; i++)
        {
            var (pixel, c) = (i / to.Channels, i % to.Channels);
            double[] inside =
            [
                .. Window.Inside(from, pixel / to.Width, pixel % to.Width).Select(t => inputs[0][t.Pixel * from.Channels + c]),
            ];
            output[i] = Clamp.Apply(inside.Sum() / (CountPadding ? Window.Taps : inside.Length));
        }
    }
}
