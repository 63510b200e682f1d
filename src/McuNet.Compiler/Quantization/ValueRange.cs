using System;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>The real values that a tensor is quantised over, both ends included.</summary>
public readonly record struct ValueRange(float Min, float Max)
{
    /// <summary>The range made to hold zero, which must be exact: padding and Relu rely on it.</summary>
    public ValueRange WithZero => new(Math.Min(Min, 0), Math.Max(Max, 0));
}

/// <summary>real = (q - zero point) * scale.</summary>
internal readonly record struct StepQuantization(float Scale, int ZeroPoint, OnnxType Type)
{
    private const int Steps = 255;
    private const float SmallestScale = 1e-30f;

    /// <summary>256 steps of a known size, or as many of int16 as hold the same range.</summary>
    /// <param name="zero">Which of the 256 is zero, counted from the lowest.</param>
    public static StepQuantization Known(float scale, int zero, OnnxType type) =>
        type == OnnxType.Int16
            ? new(scale * Math.Max(zero, Steps + 1 - zero) / -(float)short.MinValue, 0, type)
            : new(scale, zero + Lowest(type), type);

    /// <summary>All 256 steps over a range, or those of int16 over the range and its mirror image; a range of nothing but zero gets steps
    /// of 1.</summary>
    public static StepQuantization Over(ValueRange range, OnnxType type)
    {
        var (min, max) = range.WithZero;
        if (type == OnnxType.Int16)
            return Math.Max(-(double)min, max) / short.MaxValue is >= SmallestScale and var step
                ? new((float)step, 0, type)
                : new(1, 0, type);
        var scale = (float)(((double)max - min) / Steps);
        if (scale < SmallestScale)
            return new(1, Lowest(type), type);
        var zero = Math.Clamp((int)Math.Round(-(double)min / scale), 0, Steps);
        return new(scale, zero + Lowest(type), type);
    }

    private static int Lowest(OnnxType type) => type == OnnxType.Int8 ? sbyte.MinValue : byte.MinValue;
}
