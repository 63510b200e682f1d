using System.Collections.Generic;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Quantization;

/// <summary>Scale and zero point of tensors, from their ranges.</summary>
public static class TensorSteps
{
    /// <summary>Those of a tensor as int8; null where it is not rounded, or its range is missing or not finite.</summary>
    public static (float Scale, int ZeroPoint)? Int8Of(FloatModel model, IReadOnlyDictionary<string, ValueRange> ranges, string tensor)
    {
        if (model.Plan.Rules.GetValueOrDefault(tensor) is TensorRule.FromRange rule && !HasRange(ranges, rule.Source))
            return null;
        return Of(model, ranges, OnnxType.Int8, tensor) is { } steps ? (steps.Scale, steps.ZeroPoint) : null;
    }

    /// <summary>Scale and zero point of a tensor, or null where it is not rounded.</summary>
    /// <exception cref="QuantizationFailure">MCU3010, its range is missing or not finite.</exception>
    internal static StepQuantization? Of(FloatModel model, IReadOnlyDictionary<string, ValueRange> ranges, OnnxType type, string tensor)
    {
        switch (model.Plan.Rules.GetValueOrDefault(tensor))
        {
            case TensorRule.Fixed rule:
                return StepQuantization.Known(rule.Scale, rule.Zero, type);
            case TensorRule.FromRange rule:
                return HasRange(ranges, rule.Source)
                    ? StepQuantization.Over(ranges[rule.Source], type)
                    : throw QuantizationFailure.Of(DiagnosticCatalog.RangeNotFinite, rule.Source);
            default:
                return null;
        }
    }

    private static bool HasRange(IReadOnlyDictionary<string, ValueRange> ranges, string tensor) =>
        ranges.TryGetValue(tensor, out var range) && float.IsFinite(range.Min) && float.IsFinite(range.Max);
}
