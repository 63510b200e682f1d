using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>The constant arrays of a model: identical ones are emitted once.</summary>
internal sealed class CConstants
{
    private const int LineWidth = 120;
    private readonly Dictionary<ConstantTable, string> _names = new(TableComparer.Instance);
    private readonly CompiledModel _model;

    public CConstants(CompiledModel model)
    {
        _model = model;
        for (var n = 0; n < model.Kernels.Length; n++)
        {
            foreach (var table in model.Kernels[n].Parameters.OfType<TableParameter>())
                _names.TryAdd(table.Table, $"{model.Name}_{table.Table.Role}_{n}");
        }
    }

    public string NameOf(ConstantTable table) => _names[table];

    public void Write(CodeWriter writer)
    {
        foreach (var (table, name) in _names)
        {
            var size = CNames.Size(table.Type);
            writer.Line($"static const {CNames.Type(table.Type)} {name}[{Math.Max(1, table.Bytes.Length / size)}] MN_ALIGNED(4) = {{");
            writer.Verbatim(Values(table));
            writer.Line("};");
        }
        writer.Line();
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

    private static IEnumerable<string> Elements(ConstantTable table) => table.Type switch
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
