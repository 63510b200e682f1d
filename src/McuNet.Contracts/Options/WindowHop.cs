using System.Globalization;

namespace McuNet.Options;

/// <summary>By how many rows the window of an input moves on from one inference to the next.</summary>
/// <param name="Input">Name of the input; null where the model has one.</param>
/// <param name="Rows">New rows of an inference, at least one.</param>
public sealed record WindowHop(string? Input, int Rows)
{
    public static OptionQuantity Quantity { get; } = new("a number of rows such as 2, or an input and a number such as mfcc:2", text => Parse(text)?.Rows);

    /// <summary>As it is written: <c>2</c> or <c>mfcc:2</c>.</summary>
    public string Text => Input is null ? Rows.ToString(CultureInfo.InvariantCulture) : Input + ":" + Rows.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null where the text is none. The last colon is the one between name and number: names may hold others.</summary>
    public static WindowHop? Parse(string text)
    {
        var trimmed = text.Trim();
        var colon = trimmed.LastIndexOf(':');
        if (colon == 0 || !int.TryParse(trimmed.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var rows) || rows < 1)
            return null;
        return new(colon < 0 ? null : trimmed.Substring(0, colon).Trim(), rows);
    }
}
