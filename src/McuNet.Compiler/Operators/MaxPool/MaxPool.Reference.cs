using System;
using System.Collections.Generic;
using System.Numerics;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record MaxPool
{
    /// <summary>The largest of the window's taps inside the input, starting from the smallest value of the element type.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Output.IsQuantized)
        {
            var numbers = new float[types.Output.Shape.Elements];
            Largest(types, inputs[0].Float32.ToArray(), numbers, float.MinValue);
            for (var i = 0; i < numbers.Length; i++)
                output.Float32[i] = Clamp.None.Limit(numbers[i]);
            return;
        }

        var input = new int[types.Input.Shape.Elements];
        for (var i = 0; i < input.Length; i++)
            input[i] = inputs[0][i];
        var largest = new int[types.Output.Shape.Elements];
        Largest(types, input, largest, types.Input.Element.Range().Min);
        for (var i = 0; i < largest.Length; i++)
            output[i] = largest[i];
    }

    /// <summary>The largest of the window's taps inside the input.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
        Largest(types, inputs[0], output, double.NegativeInfinity);

    private void Largest<T>(NodeTypes types, T[] input, T[] output, T lowest)
        where T : INumber<T>
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        Array.Fill(output, lowest);
        for (var y = 0; y < to.Height; y++)
        {
            for (var x = 0; x < to.Width; x++)
            {
                var pixel = output.AsSpan((y * to.Width + x) * to.Channels, to.Channels);
                foreach (var (_, source) in Window.Inside(from, y, x))
                {
                    for (var c = 0; c < pixel.Length; c++)
                        pixel[c] = input[source * from.Channels + c] > pixel[c] ? input[source * from.Channels + c] : pixel[c];
                }
            }
        }
    }
}
