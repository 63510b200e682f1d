using System.Globalization;

namespace McuNet.Options;

/// <summary>By how many rows the window of an input moves on from one inference to the next.</summary>
/// <param name="Input">Name of the input; null where the model has one.</param>
/// <param name="Rows">New rows of an inference, at least one.</param>
/// <param name="Dimension">Index of the dimension of the input that is time; null for that of its rows.</param>
public sealed record WindowHop(string? Input, int Rows, int? Dimension = null)
{
    public static OptionQuantity Quantity { get; } =
        new(
            "a number of rows such as 2, an input and a number such as mfcc:2, or these and the dimension that is time such as mel:2@3",
            text => Parse(text)?.Rows
        );

    /// <summary>As it is written: <c>2</c>, <c>mfcc:2</c> or <c>mel:2@3</c>.</summary>
    public string Text =>
        (Input is null ? "" : Input + ":")
        + Rows.ToString(CultureInfo.InvariantCulture)
        + (Dimension is { } dimension ? "@" + dimension.ToString(CultureInfo.InvariantCulture) : "");

    /// <summary>Null where the text is none. The last colon is the one between name and number: names may hold others.</summary>
    public static WindowHop? Parse(string text)
    {
        var trimmed = text.Trim();
        var colon = trimmed.LastIndexOf(':');
        var numbers = trimmed.Substring(colon + 1).Split('@');
        if (colon == 0 || numbers.Length > 2 || Number(numbers[0]) is not { } rows || rows < 1)
            return null;
        var dimension = numbers.Length == 2 ? Number(numbers[1]) : null;
        return numbers.Length == 2 && dimension is null
            ? null
            : new(colon < 0 ? null : trimmed.Substring(0, colon).Trim(), rows, dimension);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
