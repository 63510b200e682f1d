using System;
using System.Globalization;

namespace McuNet.Options;

/// <summary>Numbers with units, as people write them: <c>64KB</c>, <c>1.5MB</c>, <c>50ms</c>, <c>2mJ</c>; case does not count. K and M are
/// powers of 1024.</summary>
public static class Units
{
    private static readonly (string Unit, double Factor)[] Sizes =
    [
        ("KIB", 1024),
        ("MIB", 1048576),
        ("KB", 1024),
        ("MB", 1048576),
        ("K", 1024),
        ("M", 1048576),
        ("B", 1),
        ("", 1),
    ];

    private static readonly (string Unit, double Factor)[] Times = [("US", 1e-3), ("MS", 1), ("S", 1000), ("", 1)];

    private static readonly (string Unit, double Factor)[] Energies = [("UJ", 1e-3), ("MJ", 1), ("J", 1000), ("", 1)];

    /// <summary>Null where the text is no size.</summary>
    public static long? Bytes(string text) => (long?)Parse(text, Sizes);

    /// <summary>Null where the text is no time.</summary>
    public static double? Milliseconds(string text) => Parse(text, Times);

    /// <summary>Null where the text is no energy.</summary>
    public static double? Millijoules(string text) => Parse(text, Energies);

    private static double? Parse(string text, (string Unit, double Factor)[] units)
    {
        foreach (var (unit, factor) in units)
        {
            if (
                text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(
                    text.Substring(0, text.Length - unit.Length),
                    NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture,
                    out var number
                )
            )
                return number * factor;
        }
        return null;
    }
}
