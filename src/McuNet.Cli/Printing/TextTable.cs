using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Cli.Printing;

/// <summary>Lines of cells under a header, columns as wide as their widest cell: text to the left, what the header marks with &gt; to the
/// right.</summary>
internal sealed class TextTable
{
    private readonly bool[] _isNumber;
    private readonly List<string[]> _lines = [];

    public TextTable(params string[] header)
    {
        _isNumber = [.. header.Select(h => h.StartsWith('>'))];
        _lines.Add([.. header.Select(h => h.TrimStart('>'))]);
    }

    /// <param name="cells">One for each column, or fewer: a last one that is longer than its column widens none.</param>
    public void Add(params string[] cells) => _lines.Add(cells);

    /// <summary>The header, then what was added, without spaces at the end.</summary>
    public IEnumerable<string> Lines()
    {
        var widths = _isNumber
            .Select(
                (_, column) =>
                    _lines
                        .Where(l => column < l.Length && (column < l.Length - 1 || l.Length == _isNumber.Length))
                        .Max(l => l[column].Length)
            )
            .ToArray();
        return _lines.Select(l =>
            string.Join(
                    "  ",
                    l.Select((cell, c) => _isNumber[c] && l.Length == _isNumber.Length ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))
                )
                .TrimEnd()
        );
    }
}
