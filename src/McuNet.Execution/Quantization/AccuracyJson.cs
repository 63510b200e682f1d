using System;
using System.Text.Json.Nodes;

namespace McuNet.Execution.Quantization;

/// <summary>The form of an accuracy report in every JSON that the tool writes.</summary>
public static class AccuracyJson
{
    /// <param name="split">Which samples it was measured on: <c>test</c> or <c>calibration</c>.</param>
    public static JsonObject Of(AccuracyReport accuracy, string split) =>
        new()
        {
            ["samples"] = accuracy.Samples,
            ["on"] = split,
            ["float"] = accuracy.Share(accuracy.FloatCorrect),
            ["int8"] = accuracy.Share(accuracy.QuantizedCorrect),
            ["code"] = accuracy.Share(accuracy.CodeCorrect),
            ["int8AgreesWithFloat"] = accuracy.Share(accuracy.QuantizedAgrees),
            ["codeAgreesWithInt8"] = accuracy.Share(accuracy.CodeAgrees),
            ["elements"] = accuracy.Elements,
            ["mismatches"] = accuracy.Mismatches,
            ["largest"] = accuracy.Largest,
        };

    /// <summary>A ratio in decibels to two digits; null where it is infinite.</summary>
    public static double? Decibels(double ratio) => double.IsFinite(ratio) ? Math.Round(ratio, 2) : null;
}
