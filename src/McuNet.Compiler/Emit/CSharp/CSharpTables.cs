using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.CSharp;

/// <summary>
/// The constant arrays of a model, identical ones once. A table is an array, made when the engine is first used, and no span over data of
/// the assembly: a parameter block can hold it, and .NET nanoFramework has it. The only place that knows how generated C# stores constants.
/// </summary>
/// <param name="packs">Write long tables of bytes as words, which are unpacked when the engine is first used: they exist twice for a
/// moment.</param>
internal sealed class CSharpTables(ConstantPool constants, bool packs)
{
    private const int LineWidth = 160;
    private const int PackedBytes = 256;

    /// <summary>Name of the field that holds a table.</summary>
    public string NameOf(ConstantTable table) => Name(constants.Of(table));

    public void Write(CodeWriter writer)
    {
        if (constants.All.Any(c => IsPacked(c.Table)))
            WriteUnpacking(writer);
        foreach (var constant in constants.All)
        {
            var (table, name) = (constant.Table, Name(constant));
            if (IsPacked(table))
                WritePacked(writer, name, table.Bytes.AsSpan());
            else
                Write(writer, table.Type, name, Elements(table));
        }
    }

    private bool IsPacked(ConstantTable table) => packs && table.Type == TableType.Int8 && table.Bytes.Length >= PackedBytes;

    /// <summary>After the first layer that reads it.</summary>
    private static string Name(ProgramConstant constant) => $"{CSharpNames.Pascal(constant.Table.Role)}{constant.Layer}";

    /// <summary>Bytes as little-endian words: a compiler takes as long for a word as for a byte.</summary>
    private void WritePacked(CodeWriter writer, string name, ReadOnlySpan<byte> bytes)
    {
        var padded = new byte[(bytes.Length + sizeof(ulong) - 1) / sizeof(ulong) * sizeof(ulong)];
        bytes.CopyTo(padded);
        var words = MemoryMarshal.Cast<byte, ulong>(padded).ToArray();
        writer.Line($"private static readonly sbyte[] {name} = Unpacked({bytes.Length}, new ulong[]");
        writer.Line("{");
        writer.Verbatim(Lines(words.Select(word => $"0x{word:x}")));
        writer.Line("});");
        writer.Line();
    }

    private static void WriteUnpacking(CodeWriter writer)
    {
        using (writer.Block("private static sbyte[] Unpacked(int count, ulong[] words)"))
        {
            writer.Line(
                """
                var bytes = new sbyte[count];
                Buffer.BlockCopy(words, 0, bytes, 0, count);
                return bytes;
                """
            );
        }
        writer.Line();
    }

    /// <summary>One constant array.</summary>
    public static void Write(CodeWriter writer, TableType type, string name, IEnumerable<string> elements)
    {
        writer.Line($"private static readonly {CSharpNames.Type(type)}[] {name} =");
        writer.Line("{");
        writer.Verbatim(Lines(elements));
        writer.Line("};");
        writer.Line();
    }

    private static string Lines(IEnumerable<string> elements)
    {
        var text = new StringBuilder();
        var line = 0;
        foreach (var value in elements)
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
            TableType.Int8 => table.As<sbyte>().ToArray().Select(v => CSharpNames.Number(v)),
            TableType.UInt8 => table.As<byte>().ToArray().Select(v => CSharpNames.Number(v)),
            TableType.Int16 => table.As<short>().ToArray().Select(v => CSharpNames.Number(v)),
            TableType.UInt16 => table.As<ushort>().ToArray().Select(v => CSharpNames.Number(v)),
            TableType.Int32 => table.As<int>().ToArray().Select(CSharpNames.Number),
            TableType.UInt32 => table.As<uint>().ToArray().Select(v => $"{v}u"),
            _ => table.As<float>().ToArray().Select(Literals.Single),
        };
}
