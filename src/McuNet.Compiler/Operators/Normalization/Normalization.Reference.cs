using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Normalization
{
    /// <summary>
    /// s = sum (x - zx) and q = sum (x - zx)^2 exact over the n values of a mean; r = 1 / sqrt(float(n q - s s) x (xs xs / (n n)) +
    /// epsilon) by
    /// <see cref="InverseRoot"/>, u = r x (xs / n); then clamp(round_half_even((float(n (x - zx) - s) x u) x (gain / ys) + offset / ys) +
    /// zy), constants computed in double precision, each operation rounded to float32. Of real numbers mean and variance in two passes,
    /// values in stored order, then clamp(((x - mean) / sqrt(variance + epsilon)) x gain + offset).
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Output.IsQuantized)
        {
            EvaluateFloats(types, inputs[0].Float32, output.Float32);
            return;
        }

        var (input, range, count) = (Arithmetic.Centered(inputs[0]), Clamp.Quantized(types.Output), Count(types.Input.Shape));
        var (gain, offset) = (Steps(Gain, types), Steps(Offset, types));
        foreach (var group in Values(types.Input.Shape))
        {
            var (sum, squares) = (0L, 0L);
            foreach (var i in group)
                (sum, squares) = (sum + input[i], squares + input[i] * input[i]);
            var spread = (count * squares - sum * sum) * Square(types);
            var unit = InverseRoot(spread + Epsilon) * Unit(types);
            foreach (var i in group)
            {
                var centred = (count * input[i] - sum) * unit;
                var scaled = centred * gain[i % gain.Length];
                output[i] = Arithmetic.Quantize(scaled + offset[i % offset.Length], types.Output.ZeroPoint, range);
            }
        }
    }

    private void EvaluateFloats(NodeTypes types, ReadOnlySpan<float> input, Span<float> output)
    {
        var (gain, offset) = (RealLinear.Numbers(Gain).ToArray(), RealLinear.Numbers(Offset).ToArray());
        foreach (var group in Values(types.Input.Shape))
        {
            var (sum, squares, count) = (0f, 0f, (float)group.Length);
            foreach (var i in group)
                sum += input[i];
            var mean = sum / count;
            foreach (var i in group)
            {
                var distance = input[i] - mean;
                squares += distance * distance;
            }

            var variance = squares / count;
            var spread = global::Kernels.MathSqrt(variance + Epsilon);
            foreach (var i in group)
            {
                var scaled = (input[i] - mean) / spread * gain[i % gain.Length];
                output[i] = Clamp.Limit(scaled + offset[i % offset.Length]);
            }
        }
    }

    /// <summary>clamp((x - mean) / sqrt(variance + epsilon) x gain + offset).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var (gain, offset) = (Gain.Reals(_ => 0), Offset.Reals(_ => 0));
        foreach (var group in Values(types.Input.Shape))
        {
            var mean = group.Average(i => inputs[0][i]);
            var variance = group.Average(i => (inputs[0][i] - mean) * (inputs[0][i] - mean));
            foreach (var i in group)
                output[i] = Clamp.Apply(
                    (inputs[0][i] - mean) / Math.Sqrt(variance + Epsilon) * gain[i % gain.Length] + offset[i % offset.Length]
                );
        }
    }

    /// <summary>
    /// 1 / sqrt(value) within a few units of the last place: a start from the bits of value, and three of Newton's steps, every product
    /// rounded to float32.
    /// </summary>
    public static float InverseRoot(float value)
    {
        var root = BitConverter.Int32BitsToSingle(0x5f3759df - (BitConverter.SingleToInt32Bits(value) >> 1));
        var half = value * 0.5f;
        for (var i = 0; i < 3; i++)
        {
            var square = root * root;
            var product = half * square;
            root *= 1.5f - product;
        }

        return root;
    }

    /// <summary>The places of the values of each mean.</summary>
    private IEnumerable<int[]> Values(TensorShape shape)
    {
        var (pixels, channels) = (shape.Height * shape.Width, shape.Channels / Groups);
        if (!OverPixels)
            return Enumerable.Range(0, pixels).Select(p => Enumerable.Range(p * shape.Channels, shape.Channels).ToArray());
        return Enumerable
            .Range(0, Groups)
            .Select(g =>
                Enumerable.Range(0, pixels).SelectMany(p => Enumerable.Range(p * shape.Channels + g * channels, channels)).ToArray()
            );
    }

    private float Square(NodeTypes types) =>
        (float)((double)types.Input.Scale * types.Input.Scale / ((double)Count(types.Input.Shape) * Count(types.Input.Shape)));

    private float Unit(NodeTypes types) => (float)(types.Input.Scale / (double)Count(types.Input.Shape));

    private static float[] Steps(ConstantTensor constant, NodeTypes types) =>
        [.. MemoryMarshal.Cast<byte, float>(constant.Data.AsSpan()).ToArray().Select(v => (float)(v / (double)types.Output.Scale))];
}
