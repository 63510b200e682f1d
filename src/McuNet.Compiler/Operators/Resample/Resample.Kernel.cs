using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Resample
{
    /// <summary>Float operations of a tap: product and sum, and the load in steps of an element.</summary>
    private const double TapOperations = 3;

    internal static ImmutableArray<OperatorKernel<Layer<Resample>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_resample_f32_portable",
            Sources = ["mn_resample_f32.h", "mn_real_limit.h", "mn_resample_f32_portable.c"],
            ParameterType = "mn_resample_f32",
            Parameters = l =>
                [
                    First("rows", l.Operator.RowTaps),
                    Weights("row_weights", l.Operator.RowTaps),
                    First("columns", l.Operator.ColumnTaps),
                    Weights("column_weights", l.Operator.ColumnTaps),
                    .. RealKernels.Limits(l.Operator.Clamp),
                    new IntegerParameter("row_taps", l.Operator.RowTaps.Taps),
                    new IntegerParameter("column_taps", l.Operator.ColumnTaps.Taps),
                    new IntegerParameter("row", l.Input.Shape.RowElements),
                    new IntegerParameter("channels", l.Output.Shape.Channels),
                ],
            Arguments = [KernelArgument.Buffer0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step],
            Cycles = (l, t) =>
                ElementCost.OfRow(
                    l.Output.Shape,
                    t,
                    1 + l.Operator.RowTaps.Taps * l.Operator.ColumnTaps.Taps,
                    TapOperations * l.Operator.RowTaps.Taps * (l.Operator.ColumnTaps.Taps + 1)
                ),
        },
    ];

    private static TableParameter First(string name, SumTaps taps) =>
        new(name, ConstantTable.Of<ushort>(name, TableType.UInt16, taps.First.Select(v => (ushort)v).ToArray()));

    private static TableParameter Weights(string name, SumTaps taps) =>
        new(name, ConstantTable.Of<float>(name, TableType.Float32, taps.Weights.AsSpan()));
}
