using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Permute
{
    /// <summary>Copies the element at each place that the loops lead to.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output) =>
        Copy<byte>(inputs[0].Bytes, output.Bytes, types.Output.Element.Size());

    /// <summary>The same.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
        Copy<double>(inputs[0], output, 1);

    private void Copy<T>(ReadOnlySpan<T> input, Span<T> output, int size)
    {
        for (var to = 0; to < Shape.Elements; to++)
        {
            var (rest, from) = (to, 0);
            for (var d = Loops.Length - 1; d >= 0; d--)
            {
                from += rest % Loops[d].Count * Loops[d].Stride;
                rest /= Loops[d].Count;
            }

            input.Slice(from * size, size).CopyTo(output[(to * size)..]);
        }
    }
}
