using System;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Text;

namespace McuNet.Cli;

/// <summary>Numbers of options, those of <see cref="Units"/> among them, or errors of usage.</summary>
public static class Quantity
{
    private const int MostPasses = 16;

    public static long? Bytes(ArgumentResult result) => Parse(result, Units.Bytes, "a size such as 64KB or 65536");

    public static double? Milliseconds(ArgumentResult result) => Parse(result, Units.Milliseconds, "a time such as 50ms");

    public static double? Millijoules(ArgumentResult result) => Parse(result, Units.Millijoules, "an energy such as 2mJ");

    /// <summary>A number of passes over the input.</summary>
    public static int Passes(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var passes) && passes is >= 1 and <= MostPasses)
            return passes;
        result.AddError($"'{text}' is not a number of passes from 1 to {MostPasses}.");
        return 1;
    }

    private static T? Parse<T>(ArgumentResult result, Func<string, T?> parse, string expected)
        where T : struct
    {
        var text = result.Tokens.Single().Value.Trim();
        var value = parse(text);
        if (value is null)
            result.AddError($"'{text}' is not {expected}.");
        return value;
    }
}
