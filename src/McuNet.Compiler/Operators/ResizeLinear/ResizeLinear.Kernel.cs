using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record ResizeLinear
{
    /// <summary>Steps of an integer beside its requantisation, of a real number, and of their pixels.</summary>
    private const double ElementSteps = 0.5,
        RealSteps = 1.4,
        PixelSteps = 6.25,
        RealPixel = 4;
    private const int RealOperations = 12;

    internal static ImmutableArray<OperatorKernel<Layer<ResizeLinear>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_resize_linear_s8_portable",
            Sources = ["mn_resize_linear.h", "mn_resize_linear_s8_portable.c"],
            ParameterType = "mn_resize_linear",
            Parameters = Parameters,
            Arguments = [KernelArgument.Buffer0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step],
            AloneShare = _ => 0.85,
            Cycles = (l, t) =>
                ElementCost.OfRow(l.Output.Shape, t, ElementSteps)
                + ElementCost.OfPixels(l.Output.Shape, t, PixelSteps)
                + l.Output.Shape.RowElements * PortableCost.Of(t).Output,
        },
        new()
        {
            Function = "mn_resize_linear_f32_portable",
            Sources = ["mn_resize_linear_f32.h", "mn_real_limit.h", "mn_resize_linear_f32_portable.c"],
            ParameterType = "mn_resize_linear_f32",
            Parameters = l =>
                [
                    Table("rows", l.Operator.RowTaps.First),
                    Ways("row_weights", l.Operator.RowTaps),
                    Table("columns", l.Operator.ColumnTaps.First),
                    Ways("column_weights", l.Operator.ColumnTaps),
                    .. RealKernels.Limits(l.Operator.Clamp),
                    new IntegerParameter("row", l.Input.Shape.RowElements),
                    new IntegerParameter("channels", l.Output.Shape.Channels),
                ],
            Arguments = [KernelArgument.Buffer0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step],
            Cycles = (l, t) =>
                ElementCost.OfRow(l.Output.Shape, t, RealSteps, RealOperations) + ElementCost.OfPixels(l.Output.Shape, t, RealPixel),
            AloneShare = _ => 0.87,
        },
    ];

    private static TableParameter Ways(string name, LinearTaps taps) =>
        new(name, ConstantTable.Of<float>(name, TableType.Float32, [.. Enumerable.Range(0, taps.Count).Select(taps.Way)]));

    private static ImmutableArray<KernelParameter> Parameters(Layer<ResizeLinear> layer)
    {
        var (op, range) = (layer.Operator, layer.Operator.Clamp.Quantized(layer.Output));
        return
        [
            Table("rows", op.RowTaps.First),
            Table("row_weights", op.RowTaps.Weight),
            Table("columns", op.ColumnTaps.First),
            Table("column_weights", op.ColumnTaps.Weight),
            new RealParameter("scale", op.Scale(layer.Types)),
            new IntegerParameter("bias", -layer.Input.ZeroPoint * op.RowTaps.Units * op.ColumnTaps.Units),
            new IntegerParameter("row_bytes", layer.Input.Shape.RowElements),
            new IntegerParameter("channels", layer.Output.Shape.Channels),
            new IntegerParameter("row_units", op.RowTaps.Units),
            new IntegerParameter("column_units", op.ColumnTaps.Units),
            new IntegerParameter("out_zero", layer.Output.ZeroPoint),
            new IntegerParameter("out_min", range.Min),
            new IntegerParameter("out_max", range.Max),
        ];
    }

    private static TableParameter Table(string name, ImmutableArray<int> values) =>
        new(name, ConstantTable.Of<ushort>(name, TableType.UInt16, values.Select(v => (ushort)v).ToArray()));
}
