using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace McuNet.Cli.Printing;

/// <summary>Lines of cells under a header, columns as wide as their widest cell: text to the left, what the header marks with &gt; to the
/// right.</summary>
internal sealed class TextTable
{
    /// <summary>Characters between columns.</summary>
    private const int Gap = 2;

    /// <summary>Characters that a last column of texts has at least on a terminal, if they are that long.</summary>
    private const int LeastText = 24;

    private readonly bool[] _isNumber;
    private readonly List<string[]> _lines = [];

    public TextTable(params string[] header)
    {
        _isNumber = [.. header.Select(h => h.StartsWith('>'))];
        _lines.Add([.. header.Select(h => h.TrimStart('>'))]);
    }

    /// <param name="cells">One for each column, or fewer: a last one that is longer than its column widens none.</param>
    public void Add(params string[] cells) => _lines.Add(cells);

    /// <summary>Prints it on standard output.</summary>
    /// <param name="indent">Columns to the left of it.</param>
    public void Print(int indent = 0)
    {
        if (!Console.IsOutputRedirected)
            Draw(indent);
        else
            foreach (var line in Lines())
                Console.Out.WriteLine(new string(' ', indent) + line);
    }

    /// <summary>The header, then what was added, without spaces at the end.</summary>
    public IEnumerable<string> Lines()
    {
        var widths = Widths();
        return _lines.Select(l =>
            string.Join(
                    new string(' ', Gap),
                    l.Select((cell, c) => _isNumber[c] && l.Length == _isNumber.Length ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))
                )
                .TrimEnd()
        );
    }

    /// <summary>Apart, so that nothing of Spectre.Console is loaded where no terminal is.</summary>
    private void Draw(int indent) => Draw(Terminal.Of(Console.Out), indent);

    /// <summary>The same for people, where the last cell of a line with fewer is in the last column. In a narrow window the texts of the
    /// last column go on below; where the others alone are wider, the terminal breaks lines.</summary>
    internal void Draw(IAnsiConsole terminal, int indent)
    {
        var (last, widths) = (_isNumber.Length - 1, Widths());
        var longest = _lines.Max(l => l[^1].Length);
        var least = indent + widths[..last].Sum(w => w + Gap) + (_isNumber[last] ? longest : Math.Min(longest, LeastText));
        terminal.Profile.Width = Math.Max(terminal.Profile.Width, least);
        var table = new Table { Border = TableBorder.None };
        foreach (var (header, column) in _lines[0].Select((h, c) => (h, c)))
            table.AddColumn(
                new TableColumn(new Text(header, new Style(decoration: Decoration.Bold)))
                {
                    Alignment = _isNumber[column] ? Justify.Right : Justify.Left,
                    NoWrap = column < last || _isNumber[column],
                    Padding = new Padding(0, 0, column < last ? Gap : 0, 0),
                }
            );
        foreach (var cells in _lines.Skip(1))
            table.AddRow([
                .. cells[..^1].Select(Cell),
                .. Enumerable.Repeat(Text.Empty, _isNumber.Length - cells.Length),
                Cell(cells[^1], last),
            ]);
        terminal.Write(new Padder(table, new Padding(indent, 0, 0, 0)));
    }

    private Text Cell(string text, int column) =>
        new(
            text,
            _lines[0][column] != "fits" ? Style.Plain
                : text.StartsWith("yes", StringComparison.Ordinal) ? new Style(Color.Green)
                : new Style(Color.Red)
        );

    private int[] Widths() =>
        [
            .. _isNumber.Select(
                (_, column) =>
                    _lines
                        .Where(l => column < l.Length && (column < l.Length - 1 || l.Length == _isNumber.Length))
                        .Max(l => l[column].Length)
            ),
        ];
}
