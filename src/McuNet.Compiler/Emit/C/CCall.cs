using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>The call of a layer's kernel, with the row pointers that it is handed.</summary>
/// <param name="address">Expression of type <c>uint8_t *</c> for an offset of the arena.</param>
internal sealed class CCall(Func<int, string> address)
{
    /// <summary>Where a variable <c>arena</c> holds the begin of the arena.</summary>
    public static CCall InArena { get; } = new(offset => $"arena + {offset}");

    /// <param name="block">Name of the parameter block.</param>
    /// <param name="range">Its steps; null where variables <c>step</c> and <c>count</c> hold them.</param>
    public void Write(CodeWriter writer, LayerCall layer, string block, RowRange? range)
    {
        foreach (var argument in layer.Arguments)
        {
            if (argument is WindowArgument { Buffer: var buffer, Rows: var rows })
            {
                writer.Line($"const int8_t *rows[{rows.Count}];");
                writer.Line(
                    $"mn_window(rows, {rows.Count}, {address(buffer.Offset)}, {First(rows.First, range)}, {rows.Dilation}, {rows.Height}, {buffer.Slots}, {buffer.RowBytes});"
                );
            }
            else if (argument is RowArgument { Row.Index: MappedRow { Ratio: 0, Source: var source } } && range is null)
            {
                writer.Line($"static const uint16_t {CText.RowTable}[{source.Length}] = {{ {string.Join(",", source)} }};");
            }
            else if (argument is RowsArgument several)
            {
                var type = several.AsBytes ? "uint8_t" : "int8_t";
                writer.Line(
                    $"const {type} *const rows[] = {{ {string.Join(", ", several.Rows.Select(r => Row(r, range, "const ", type)))} }};"
                );
            }
        }
        writer.Line($"{layer.Kernel.Function}(&{block}, {string.Join(", ", layer.Arguments.Select(a => Argument(a, range)))});");
    }

    private string Argument(CallArgument argument, RowRange? range) =>
        argument switch
        {
            WindowArgument or RowsArgument => "rows",
            RowArgument row => Row(row.Row, range, row.IsOutput ? "" : "const "),
            PieceArgument pieces => Piece(pieces, range),
            BufferArgument { Buffer: var buffer } to =>
                $"{Row(buffer.Row(new FirstRow()), range, to.IsOutput ? "" : "const ")}, {buffer.Slots}",
            BlockArgument => range is { } known ? $"{known.Begin}, {known.Count}" : "step, count",
            ColumnsArgument columns => (columns.Begin is { } begin ? $"{begin}, " : "") + End(columns, range),
            StepArgument => range is { } known ? $"{known.Begin}" : "step",
            ScratchArgument scratch => address(scratch.Offset),
            StateArgument state => $"(int32_t *)(void *)({address(state.Offset)})",
            _ => throw new InvalidOperationException(),
        };

    private string Piece(PieceArgument argument, RowRange? range) =>
        range is { } known
            ? Row(argument.At(known.Begin), range)
            : string.Join(
                " : ",
                argument.Pieces.Select((p, i) => (i == argument.Pieces.Length - 1 ? "" : $"step < {p.End} ? ") + Row(p.Row, range))
            );

    private string Row(RowReference? row, RowRange? range) => row is null ? "NULL" : Row(row, range, "const ");

    private static string End(ColumnsArgument columns, RowRange? range) =>
        !columns.PerRow ? $"{columns.End}"
        : range is { } known ? $"{known.Count * columns.End}"
        : $"count * {columns.End}";

    private static string First(StridedRow row, RowRange? range) =>
        range is { } known ? $"{row.At(known.Begin)}" : $"(int32_t)step * {row.Stride} - {row.Pad}";

    private string Row(RowReference reference, RowRange? range, string qualifier) =>
        Row(reference, range, qualifier, CNames.Type(reference.Buffer.Type.Element));

    private string Row(RowReference reference, RowRange? range, string qualifier, string type)
    {
        var (buffer, row) = (reference.Buffer, range is { } known ? $"{reference.Index.At(known.Begin)}" : CText.Row(reference.Index));
        var at = address(buffer.Offset);
        var place =
            row == "0" ? at
            : buffer.IsRing ? $"mn_row({at}, {row}, {buffer.Slots}, {buffer.RowBytes})"
            : row == "step" ? $"{at} + step * {buffer.RowBytes}"
            : $"{at} + ({row}) * {buffer.RowBytes}";
        return type == "uint8_t" ? place
            : type == "int8_t" ? $"({qualifier}int8_t *)({place})"
            : $"({qualifier}{type} *)(void *)({place})";
    }
}
