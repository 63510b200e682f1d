using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Concat
{
    /// <summary>Steps of an element by a table; what the library takes to copy a piece and for each of its bytes, in bytes that a kernel
    /// moves.</summary>
    private const double TableSteps = 1.26,
        CopySteps = 30,
        CopyByte = 0.47;

    internal static ImmutableArray<OperatorKernel<Layer<Concat>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_concat_s8_portable",
            Sources = ["mn_concat.h", "mn_concat_s8_portable.c"],
            ParameterType = "mn_concat",
            Applies = l => l.Operator.Axis == ConcatAxis.Channels,
            Parameters = Parameters,
            Arguments = [KernelArgument.Rows, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => PortableCost.Call + OfTables(l, t),
            JoinedCycles = OfTables,
        },
        new()
        {
            Function = "mn_concat_portable",
            Sources = ["mn_concat.h", "mn_move.h", "mn_concat_portable.c"],
            ParameterType = "mn_concat_bytes",
            Applies = l => l.Operator.Axis == ConcatAxis.Channels && l.Operator.CopiesAll(l.Types),
            Parameters = Pixels,
            Arguments = [KernelArgument.Rows, KernelArgument.Output, KernelArgument.Columns],
            Cycles = OfPixels,
            JoinedCycles = OfPixels,
        },
        new()
        {
            Function = "mn_join_portable",
            Sources = ["mn_join.h", "mn_join_portable.c"],
            ParameterType = "mn_join",
            Applies = l => l.Operator.Axis is ConcatAxis.Columns or ConcatAxis.Elements,
            Parameters = l =>
                [
                    new TableParameter(
                        "bytes",
                        ConstantTable.Of<uint>(
                            "bytes",
                            TableType.UInt32,
                            l.Types.Inputs.Select(t => (uint)(l.Operator.Axis == ConcatAxis.Columns ? t.RowBytes : t.Bytes)).ToArray()
                        )
                    ),
                    new IntegerParameter("inputs", l.Types.Inputs.Length),
                ],
            Arguments = [KernelArgument.Rows, KernelArgument.Output],
            Cycles = (l, t) => ElementCost.OfRun(l.Operator.Axis == ConcatAxis.Columns ? l.Output.RowBytes : l.Output.Bytes, t),
        },
        new()
        {
            Function = "mn_copy_row_portable",
            Sources = ["mn_copy.h", "mn_move.h", "mn_copy_row_portable.c"],
            ParameterType = "mn_copy",
            Applies = l => l.Operator.Axis == ConcatAxis.Rows,
            Parameters = l => [new IntegerParameter("count", l.Output.RowBytes)],
            Arguments = [KernelArgument.Row, KernelArgument.Output],
            Cycles = (l, t) => ElementCost.OfCalledRun(l.Output.RowBytes, t),
            AloneShare = l => ElementCost.AloneShare(l.Output.RowBytes),
        },
    ];

    private static double OfPixels(Layer<Concat> layer, KernelTarget target) =>
        layer.Types.Inputs.Sum(i => i.Shape.Width * ElementCost.OfJoinedPiece(i.Shape.Channels * i.Element.Size(), target));

    /// <summary>Inputs that are copied by the library, others by a table of all results.</summary>
    private static double OfTables(Layer<Concat> layer, KernelTarget target)
    {
        var (cost, numbers) = (PortableCost.Of(target), layer.Operator.Tables(layer.Types).Numbers);
        return layer
            .Types.Inputs.Select(
                (input, n) =>
                    input.Shape.Width
                    * (
                        numbers[n] == 0
                            ? (CopySteps + CopyByte * input.Shape.Channels) * cost.Gather
                            : (1 + TableSteps * input.Shape.Channels) * cost.Element
                    )
            )
            .Sum();
    }

    private bool CopiesAll(NodeTypes types) => Enumerable.Range(0, types.Inputs.Length).All(n => Copies(types, n));

    private static ImmutableArray<KernelParameter> Pixels(Layer<Concat> layer) =>
        [
            new TableParameter(
                "depths",
                ConstantTable.Of<uint>(
                    "depths",
                    TableType.UInt32,
                    layer.Types.Inputs.Select(t => (uint)(t.Shape.Channels * t.Element.Size())).ToArray()
                )
            ),
            new IntegerParameter("inputs", layer.Types.Inputs.Length),
            new IntegerParameter("pixel", layer.Output.Shape.Channels * layer.Output.Element.Size()),
        ];

    private static ImmutableArray<KernelParameter> Parameters(Layer<Concat> layer)
    {
        var (numbers, tables) = layer.Operator.Tables(layer.Types);
        return
        [
            new TableParameter(
                "depths",
                ConstantTable.Of<ushort>("depths", TableType.UInt16, layer.Types.Inputs.Select(t => (ushort)t.Shape.Channels).ToArray())
            ),
            new TableParameter("numbers", ConstantTable.Of<ushort>("numbers", TableType.UInt16, numbers)),
            new TableParameter("tables", ConstantTable.Of<byte>("tables", TableType.Int8, tables)),
            new IntegerParameter("inputs", layer.Types.Inputs.Length),
            new IntegerParameter("channels", layer.Output.Shape.Channels),
        ];
    }

    /// <summary>For each input 0 where it is copied, else one more than the place of its table among the different tables, which follow one
    /// another.</summary>
    private (ushort[] Numbers, byte[] Tables) Tables(NodeTypes types)
    {
        var tables = new List<byte[]>();
        var numbers = new ushort[types.Inputs.Length];
        for (var n = 0; n < numbers.Length; n++)
        {
            var table = Table(types, n);
            if (IsStored || table.Select((value, i) => value == i).All(same => same))
                continue;
            var known = tables.FindIndex(t => t.AsSpan().SequenceEqual(table));
            if (known < 0)
                tables.Add(table);
            numbers[n] = (ushort)(known < 0 ? tables.Count : known + 1);
        }

        return (numbers, tables.SelectMany(t => t).ToArray());
    }
}
