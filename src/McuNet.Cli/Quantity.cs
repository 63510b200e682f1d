using System;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;

namespace McuNet.Cli;

/// <summary>Numbers with units on the command line: <c>64KB</c>, <c>1.5MB</c>, <c>50ms</c>, <c>2mJ</c>. K and M are powers of 1024.</summary>
public static class Quantity
{
    private const int MostPasses = 16;

    private static readonly (string Unit, double Factor)[] SizeUnits =
        [("KIB", 1024), ("MIB", 1048576), ("KB", 1024), ("MB", 1048576), ("K", 1024), ("M", 1048576), ("B", 1), ("", 1)];

    private static readonly (string Unit, double Factor)[] TimeUnits = [("US", 1e-3), ("MS", 1), ("S", 1000), ("", 1)];

    private static readonly (string Unit, double Factor)[] EnergyUnits = [("UJ", 1e-3), ("MJ", 1), ("J", 1000), ("", 1)];

    public static long? Bytes(ArgumentResult result) => (long?)Parse(result, SizeUnits, "a size such as 64KB or 65536");

    public static double? Milliseconds(ArgumentResult result) => Parse(result, TimeUnits, "a time such as 50ms");

    public static double? Millijoules(ArgumentResult result) => Parse(result, EnergyUnits, "an energy such as 2mJ");

    /// <summary>A number of passes over the input.</summary>
    public static int Passes(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var passes) && passes is >= 1 and <= MostPasses)
            return passes;
        result.AddError($"'{text}' is not a number of passes from 1 to {MostPasses}.");
        return 1;
    }

    private static double? Parse(ArgumentResult result, (string Unit, double Factor)[] units, string expected)
    {
        var text = result.Tokens.Single().Value.Trim();
        foreach (var (unit, factor) in units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value))
            {
                return value * factor;
            }
        }
        result.AddError($"'{text}' is not {expected}.");
        return null;
    }
}
