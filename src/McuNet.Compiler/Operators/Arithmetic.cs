using System;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>The rounding rules that every executor repeats bit for bit. All real numbers are float32, every operation is rounded on its
/// own.</summary>
public static class Arithmetic
{
    /// <summary>Factor from an accumulator to output steps: (input scale x weight scale) / output scale.</summary>
    public static float CombinedScale(float input, float weight, float output)
    {
        var product = input * weight;
        return product / output;
    }

    /// <summary>Factor from a sum of <paramref name="count"/> input steps to their mean in output steps: input scale / (output scale x
    /// count).</summary>
    public static float MeanScale(float input, float output, int count)
    {
        var divisor = output * count;
        return input / divisor;
    }

    /// <summary>clamp(round_half_even(float(acc) x scale) + zero, min, max).</summary>
    public static int Requantize(long acc, float scale, int zero, (int Min, int Max) range) => Quantize(acc * scale, zero, range);

    /// <summary>clamp(round_half_even(steps) + zero, min, max): infinities saturate, and NaN counts as 0, so it gives the zero point where
    /// the range holds it.</summary>
    public static int Quantize(float steps, int zero, (int Min, int Max) range) =>
        (int)Math.Clamp(float.IsNaN(steps) ? 0 : MathF.Round(steps), range.Min - zero, range.Max - zero) + zero;

    /// <summary>Real numbers limited to a range.</summary>
    internal static void Limit(double[] values, double[] output, Clamp clamp)
    {
        for (var i = 0; i < output.Length; i++)
            output[i] = clamp.Apply(values[i]);
    }

    /// <summary>Integers of 16 bits less their zero point, of which a sum of any has 32 bits.</summary>
    internal const int MostSixteenInSum = 32767;

    /// <summary>q - zero point of every element, up to 17 bits wide.</summary>
    internal static int[] CenteredWide(TensorData data)
    {
        var centered = new int[data.Type.Shape.Elements];
        for (var i = 0; i < centered.Length; i++)
            centered[i] = data[i] - data.Type.ZeroPoint;
        return centered;
    }

    /// <summary>q - zero point of every byte, 9 bits wide.</summary>
    internal static short[] Centered(TensorData data)
    {
        var centered = new short[data.Bytes.Length];
        var zero = data.Type.ZeroPoint;
        if (data.Type.Element == ElementType.UInt8)
        {
            for (var i = 0; i < centered.Length; i++)
                centered[i] = (short)(data.Bytes[i] - zero);
            return centered;
        }

        var values = data.Int8;
        for (var i = 0; i < centered.Length; i++)
            centered[i] = (short)(values[i] - zero);
        return centered;
    }
}
