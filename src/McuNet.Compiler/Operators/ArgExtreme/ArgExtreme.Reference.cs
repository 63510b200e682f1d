using System;
using System.Collections.Generic;
using System.Numerics;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record ArgExtreme
{
    /// <summary>The first channel of the largest integer, or the last; then clamp(round_half_even(float(channel) / ys) + zy), or the
    /// number itself as a real one.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Input.IsQuantized)
        {
            for (var i = 0; i < types.Output.Shape.Elements; i++)
                output.Float32[i] = Of<float>(inputs[0].Float32, i, types.Input.Shape.Channels);
            return;
        }

        var input = Arithmetic.Centered(inputs[0]);
        for (var i = 0; i < types.Output.Shape.Elements && !types.Output.IsQuantized; i++)
            output.Float32[i] = Of<short>(input, i, types.Input.Shape.Channels);
        for (var i = 0; i < types.Output.Shape.Elements && types.Output.IsQuantized; i++)
            output[i] = Arithmetic.Quantize(
                (float)Of<short>(input, i, types.Input.Shape.Channels) / types.Output.Scale,
                types.Output.ZeroPoint,
                types.Output.Element.Range()
            );
    }

    /// <summary>The first channel of the largest number, or the last.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        for (var i = 0; i < output.Length; i++)
            output[i] = Of<double>(inputs[0], i, types.Input.Shape.Channels);
    }

    /// <summary>What is no number is never larger.</summary>
    private int Of<T>(ReadOnlySpan<T> input, int pixel, int channels)
        where T : INumber<T>
    {
        var values = input.Slice(pixel * channels, channels);
        var at = 0;
        for (var c = 1; c < channels; c++)
        {
            var isFurther = IsLeast ? values[c] < values[at] : values[c] > values[at];
            at = isFurther || (TakesLast && values[c] == values[at]) ? c : at;
        }

        return at;
    }
}
