using System;
using System.Globalization;

namespace McuNet.Options;

/// <summary>What a number with a unit may look like, for the command line and for the metadata of an item alike.</summary>
/// <param name="Expected">Follows "is not", such as <c>a size such as 64KB or 65536</c>.</param>
/// <param name="Parse">Null where the text is none.</param>
public sealed record OptionQuantity(string Expected, Func<string, double?> Parse)
{
    private const int MostPasses = 16;

    public static OptionQuantity Size { get; } = new("a size such as 64KB or 65536", text => Units.Bytes(text));

    public static OptionQuantity Time { get; } = new("a time such as 50ms", Units.Milliseconds);

    public static OptionQuantity Energy { get; } = new("an energy such as 2mJ", Units.Millijoules);

    public static OptionQuantity Passes { get; } = new($"a number of passes from 1 to {MostPasses}", PassesOf);

    /// <summary>What is wrong with a text, as a sentence without its full stop; null where nothing is.</summary>
    public string? FaultOf(string text) => Parse(text) is null ? $"'{text}' is not {Expected}" : null;

    private static double? PassesOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var passes) && passes is >= 1 and <= MostPasses
            ? passes
            : null;
}
