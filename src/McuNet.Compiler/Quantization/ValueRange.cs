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

    public static int Lowest(OnnxType type) => type == OnnxType.Int8 ? sbyte.MinValue : byte.MinValue;

    /// <summary>All 256 steps over a range; a range of nothing but zero gets steps of 1.</summary>
    public static StepQuantization Over(ValueRange range, OnnxType type)
    {
        var (min, max) = range.WithZero;
        var scale = (float)(((double)max - min) / Steps);
        if (scale < SmallestScale)
            return new(1, Lowest(type), type);
        var zero = Math.Clamp((int)Math.Round(-(double)min / scale), 0, Steps);
        return new(scale, zero + Lowest(type), type);
    }
}
