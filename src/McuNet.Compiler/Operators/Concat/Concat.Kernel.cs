using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Concat
{
    internal static ImmutableArray<OperatorKernel<Layer<Concat>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_concat_s8_portable",
            Sources = ["mn_concat.h", "mn_concat_s8_portable.c"],
            ParameterType = "mn_concat",
            Parameters = Parameters,
            Arguments = [KernelArgument.Rows, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t),
        },
    ];

    private static ImmutableArray<KernelParameter> Parameters(Layer<Concat> layer)
    {
        var (numbers, tables) = layer.Operator.Tables(layer.Types);
        return
        [
            new TableParameter("depths", ConstantTable.Of<ushort>("depths", TableType.UInt16, layer.Types.Inputs.Select(t => (ushort)t.Shape.Channels).ToArray())),
            new TableParameter("numbers", ConstantTable.Of<ushort>("numbers", TableType.UInt16, numbers)),
            new TableParameter("tables", ConstantTable.Of<byte>("tables", TableType.Int8, tables)),
            new IntegerParameter("inputs", layer.Types.Inputs.Length),
            new IntegerParameter("channels", layer.Output.Shape.Channels),
        ];
    }

    /// <summary>For each input 0 where it is copied, else one more than the place of its table among the different tables, which follow one another.</summary>
    private (ushort[] Numbers, byte[] Tables) Tables(NodeTypes types)
    {
        var tables = new List<byte[]>();
        var numbers = new ushort[types.Inputs.Length];
        for (var n = 0; n < numbers.Length; n++)
        {
            var table = Table(types, n);
            if (table.Select((value, i) => value == i).All(same => same))
                continue;
            var known = tables.FindIndex(t => t.AsSpan().SequenceEqual(table));
            if (known < 0)
                tables.Add(table);
            numbers[n] = (ushort)(known < 0 ? tables.Count : known + 1);
        }

        return (numbers, tables.SelectMany(t => t).ToArray());
    }
}
