using System;
using System.Globalization;

namespace McuNet.Compiler.Text;

/// <summary>Numbers as source text that reads back to the same bits.</summary>
public static class Literals
{
    /// <summary>A float32 literal valid in C and C#: nine significant digits identify every float.</summary>
    public static string Single(float value)
    {
        if (!float.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), "a constant of generated code must be finite");
        var text = value.ToString("G9", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0f" : text + "f";
    }

    /// <summary>The smallest int cannot be written as a literal in C.</summary>
    public static string Int32(int value) => value == int.MinValue ? "(-2147483647 - 1)" : value.ToString(CultureInfo.InvariantCulture);
}
