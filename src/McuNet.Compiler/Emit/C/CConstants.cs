using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>
/// The constant arrays of a model: identical ones are emitted once. Large byte tables are written as little-endian words, which a C
/// compiler reads about four times faster, and are handed to kernels as bytes.
/// </summary>
internal sealed class CConstants(DeviceProgram program)
{
    private const int LineWidth = 120;
    private const int LargeTable = 64;

    /// <summary>The expression by which parameter blocks refer to a table.</summary>
    public string NameOf(ConstantTable table) =>
        program.WeightStorage == WeightStorage.Blob
            ? $"(const {CNames.Type(table.Type)} *)(const void *)({program.Name}_weights + {program.Constants.Of(table).Offset})"
        : IsWords(table) ? $"(const {CNames.Type(table.Type)} *)(const void *){Name(program.Constants.Of(table))}"
        : Name(program.Constants.Of(table));

    public void Write(CodeWriter writer)
    {
        writer.Line(
            """
            #if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
            #error "weights are stored for little-endian targets"
            #endif

            """
        );
        if (program.WeightStorage == WeightStorage.Blob)
        {
            writer.Line($"static const uint8_t *{program.Name}_weights;\n");
            return;
        }
        foreach (var constant in program.Constants.All)
        {
            var (table, name) = (constant.Table, Name(constant));
            if (IsWords(table))
            {
                writer.Line($"static const uint32_t {name}[{(table.Bytes.Length + 3) / 4}] = {{");
                writer.Verbatim(Words(table));
                writer.Line("};");
                continue;
            }
            var size = CNames.Size(table.Type);
            writer.Line(
                $"static const _Alignas({ConstantPool.Alignment}) {CNames.Type(table.Type)} {name}[{Math.Max(1, table.Bytes.Length / size)}] = {{"
            );
            writer.Verbatim(Values(table));
            writer.Line("};");
        }
        writer.Line();
    }

    /// <summary>After the first layer that reads it.</summary>
    private string Name(ProgramConstant constant) => $"{program.Name}_{constant.Table.Role}_{constant.Layer}";

    private static bool IsWords(ConstantTable table) => CNames.Size(table.Type) == 1 && table.Bytes.Length >= LargeTable;

    private static string Words(ConstantTable table)
    {
        var bytes = table.Bytes.AsSpan();
        var text = new StringBuilder(bytes.Length * 3);
        for (var i = 0; i < bytes.Length; i += 4)
        {
            var word = 0u;
            for (var b = 0; b < 4 && i + b < bytes.Length; b++)
                word |= (uint)bytes[i + b] << (8 * b);
            text.Append("0x")
                .Append(word.ToString("x", CultureInfo.InvariantCulture))
                .Append(i % 48 == 44 || i + 4 >= bytes.Length ? ",\n" : ",");
        }
        return text.ToString();
    }

    private static string Values(ConstantTable table)
    {
        var text = new StringBuilder();
        var line = 0;
        foreach (var value in Elements(table))
        {
            if (line + value.Length + 1 > LineWidth)
            {
                text.Append('\n');
                line = 0;
            }
            text.Append(value).Append(',');
            line += value.Length + 1;
        }
        return text.Append('\n').ToString();
    }

    private static IEnumerable<string> Elements(ConstantTable table) =>
        table.Type switch
        {
            _ when table.Bytes.IsEmpty => ["0"],
            TableType.Int8 => table.As<sbyte>().ToArray().Select(v => Text(v)),
            TableType.UInt8 => table.As<byte>().ToArray().Select(v => Text(v)),
            TableType.Int16 => table.As<short>().ToArray().Select(v => Text(v)),
            TableType.UInt16 => table.As<ushort>().ToArray().Select(v => Text(v)),
            TableType.Int32 => table.As<int>().ToArray().Select(Literals.Int32),
            TableType.UInt32 => table.As<uint>().ToArray().Select(v => v.ToString(CultureInfo.InvariantCulture) + "u"),
            _ => table.As<float>().ToArray().Select(Literals.Single),
        };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
