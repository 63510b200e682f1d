using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record ArgExtreme
{
    /// <summary>The first channel of the largest integer, or the last; then clamp(round_half_even(float(channel) / ys) + zy).</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Input.IsQuantized)
        {
            for (var i = 0; i < types.Output.Shape.Elements; i++)
                output.Float32[i] = OfReals(inputs[0].Float32.Slice(i * types.Input.Shape.Channels, types.Input.Shape.Channels));
            return;
        }

        var input = Arithmetic.Centered(inputs[0]);
        for (var i = 0; i < types.Output.Shape.Elements; i++)
            output[i] = Arithmetic.Quantize(Of<short>(input, i, types.Input.Shape.Channels) / types.Output.Scale, types.Output.ZeroPoint,
                types.Output.Element.Range());
    }

    /// <summary>The first channel of the largest number, or the last.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        for (var i = 0; i < output.Length; i++)
            output[i] = Of<double>(inputs[0], i, types.Input.Shape.Channels);
    }

    /// <summary>What is no number is never larger.</summary>
    private int OfReals(ReadOnlySpan<float> values)
    {
        var at = 0;
        for (var c = 1; c < values.Length; c++)
        {
            var (value, extreme) = IsLeast ? (-values[c], -values[at]) : (values[c], values[at]);
            at = value > extreme || (TakesLast && value == extreme) ? c : at;
        }

        return at;
    }

    private float Of<T>(ReadOnlySpan<T> input, int pixel, int channels)
        where T : IComparable<T>
    {
        var at = 0;
        for (var c = 1; c < channels; c++)
        {
            var order = input[pixel * channels + c].CompareTo(input[pixel * channels + at]) * (IsLeast ? -1 : 1);
            at = order > 0 || (order == 0 && TakesLast) ? c : at;
        }

        return at;
    }
}
