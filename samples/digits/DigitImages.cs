using System;
using System.Collections.Generic;

namespace DigitReader;

/// <summary>
/// Ten handwritten digits, one per class. Each is drawn in the source as 28 rows of 28 pixels; a pixel is two hexadecimal
/// digits, <c>..</c> is the background (0) and <c>ff</c> full ink.
/// </summary>
internal static partial class DigitImages
{
    public const int Side = 28;

    /// <summary>The images of 0, 1, ... 9: grey bytes, row by row.</summary>
    public static IReadOnlyList<byte[]> Pixels { get; } = Array.ConvertAll(Drawings, Decode);

    private static byte[] Decode(string drawing)
    {
        string digits = drawing.ReplaceLineEndings("").Replace('.', '0');
        return digits.Length == 2 * Side * Side
            ? Convert.FromHexString(digits)
            : throw new FormatException($"A drawing has {digits.Length} characters.");
    }
}
