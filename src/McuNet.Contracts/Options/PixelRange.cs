using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace McuNet.Options;

/// <summary>
/// What bytes of pixels mean to a network: byte b of channel c stands for the real value <c>(b / Unit - Means[c]) / Deviations[c]</c>.
/// </summary>
/// <param name="Text">As it is written: <c>0..1</c>, <c>-1..1</c>, <c>raw</c> or means and deviations.</param>
/// <param name="Unit">255 where means and deviations are of values from 0 to 1, else 1.</param>
/// <param name="Means">One for all channels, or one for each.</param>
/// <param name="Deviations">As many.</param>
public sealed record PixelRange(string Text, double Unit, IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)
{
    private const double Byte = 255;

    public static OptionQuantity Quantity { get; } =
        new("0..1, -1..1, raw, or mean/std such as 0.485,0.456,0.406/0.229,0.224,0.225", text => Parse(text) is null ? null : 0);

    public static PixelRange ZeroToOne { get; } = new("0..1", Byte, [0], [1]);

    public static PixelRange MinusOneToOne { get; } = new("-1..1", Byte, [0.5], [0.5]);

    public static PixelRange Raw { get; } = new("raw", 1, [0], [1]);

    /// <summary>Bytes less 128, divided by 128.</summary>
    public static PixelRange Centred { get; } = new("128/128", 1, [128], [128]);

    /// <summary>What a byte stands for, for people.</summary>
    public string Meaning =>
        this == ZeroToOne || this == MinusOneToOne ? Text
        : this == Raw ? "0..255"
        : $"({(Unit == 1 ? "byte" : "byte / 255")} - {List(Means)}) / {List(Deviations)}";

    /// <summary>The factor of a channel's byte.</summary>
    public float Gain(int channel) => (float)(1 / (Unit * At(Deviations, channel)));

    /// <summary>What is added to the product.</summary>
    public float Offset(int channel) => (float)(-At(Means, channel) / At(Deviations, channel));

    /// <summary>Null where the text is none. Means and deviations are of values from 0 to 1 unless one of them is above 1: then they are of
    /// bytes.</summary>
    public static PixelRange? Parse(string text)
    {
        var trimmed = text.Trim();
        if (
            new[] { ZeroToOne, MinusOneToOne, Raw }.FirstOrDefault(r =>
                string.Equals(r.Text, trimmed, StringComparison.OrdinalIgnoreCase)
            ) is
            { } known
        )
            return known;
        var halves = trimmed.Split('/');
        if (
            halves.Length != 2
            || Numbers(halves[0]) is not { } means
            || Numbers(halves[1]) is not { } deviations
            || deviations.Any(d => d <= 0)
        )
            return null;
        if (means.Length != deviations.Length || means.Length is not (1 or 3))
            return null;
        return new(trimmed, means.Concat(deviations).Any(v => v > 1) ? 1 : Byte, means, deviations);
    }

    private static double[]? Numbers(string text)
    {
        var numbers = text.Split(',')
            .Select(t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : double.NaN)
            .ToArray();
        return numbers.Any(n => double.IsNaN(n) || double.IsInfinity(n)) ? null : numbers;
    }

    private static string List(IReadOnlyList<double> values)
    {
        var text = string.Join(", ", values.Select(v => v.ToString(CultureInfo.InvariantCulture)));
        return values.Count == 1 ? text : $"({text})";
    }

    private static double At(IReadOnlyList<double> values, int channel) => values[values.Count == 1 ? 0 : channel];
}
