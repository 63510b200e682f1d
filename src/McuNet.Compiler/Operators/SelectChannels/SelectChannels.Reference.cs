using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record SelectChannels
{
    /// <summary>Copies channel Source[c] of every pixel to channel c.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output) =>
        Copy<byte>(types.Input.Shape.Channels, inputs[0].Bytes, output.Bytes, types.Output.Element.Size());

    /// <summary>The same.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
        Copy<double>(types.Input.Shape.Channels, inputs[0], output, 1);

    private void Copy<T>(int channels, ReadOnlySpan<T> input, Span<T> output, int size)
    {
        for (var (from, to) = (0, 0); from < input.Length; from += channels * size)
        {
            foreach (var channel in Source)
            {
                input.Slice(from + channel * size, size).CopyTo(output[to..]);
                to += size;
            }
        }
    }
}
