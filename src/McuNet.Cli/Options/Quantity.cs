using System.Collections.Immutable;
using System.CommandLine.Parsing;
using System.Linq;
using McuNet.Options;

namespace McuNet.Cli.Options;

/// <summary>Numbers of options, those of <see cref="Units"/> among them, or errors of usage.</summary>
public static class Quantity
{
    public static long? Bytes(ArgumentResult result) => (long?)Parse(result, OptionQuantity.Size);

    /// <summary>Sizes with commas between them, in ascending order, each once.</summary>
    public static ImmutableArray<long> ListOfBytes(ArgumentResult result)
    {
        var sizes = result.Tokens.Single().Value.Split(',').Select(text => (long?)Parse(result, OptionQuantity.Size, text));
        return [.. sizes.OfType<long>().Distinct().Order()];
    }

    public static double? Milliseconds(ArgumentResult result) => Parse(result, OptionQuantity.Time);

    public static double? Millijoules(ArgumentResult result) => Parse(result, OptionQuantity.Energy);

    /// <summary>A number of passes over the input.</summary>
    public static int Passes(ArgumentResult result) => (int?)Parse(result, OptionQuantity.Passes) ?? 1;

    /// <summary>The rows by which a window moves on.</summary>
    public static WindowHop? Hop(ArgumentResult result)
    {
        Parse(result, WindowHop.Quantity);
        return WindowHop.Parse(result.Tokens.Single().Value);
    }

    public static PixelRange? Pixels(ArgumentResult result)
    {
        Parse(result, PixelRange.Quantity);
        return PixelRange.Parse(result.Tokens.Single().Value);
    }

    private static double? Parse(ArgumentResult result, OptionQuantity quantity) => Parse(result, quantity, result.Tokens.Single().Value);

    private static double? Parse(ArgumentResult result, OptionQuantity quantity, string given)
    {
        var text = given.Trim();
        if (quantity.FaultOf(text) is { } fault)
            result.AddError(fault + ".");
        return quantity.Parse(text);
    }
}
