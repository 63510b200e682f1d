using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record SelectPixels
{
    internal static ImmutableArray<OperatorKernel<Layer<SelectPixels>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_slice_columns_portable",
            Sources = ["mn_slice_columns.h", "mn_move.h", "mn_slice_columns_portable.c"],
            ParameterType = "mn_slice_columns",
            Applies = l => l.Operator.IsRange,
            Parameters = l => [new IntegerParameter("first", l.Operator.ColumnSource[0]), new IntegerParameter("pixel", PixelBytes(l))],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfCalledSlice(l.Output.RowBytes, t),
            AloneShare = l => ElementCost.AloneSlice(l.Output.RowBytes),
        },
        new()
        {
            Function = "mn_select_pixels_portable",
            Sources = ["mn_select.h", "mn_move.h", "mn_select_pixels_portable.c"],
            ParameterType = "mn_select_pixels",
            Parameters = l =>
                [
                    new TableParameter(
                        "source",
                        ConstantTable.Of<ushort>("source", TableType.UInt16, l.Operator.ColumnSource.Select(x => (ushort)x).ToArray())
                    ),
                    new IntegerParameter("pixel", PixelBytes(l)),
                ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => l.Output.Shape.Width * ElementCost.OfJoinedPiece(PixelBytes(l), t),
            AloneShare = l => ElementCost.AloneChosen(PixelBytes(l)),
        },
    ];

    private static int PixelBytes(Layer<SelectPixels> layer) => layer.Output.Shape.Channels * layer.Output.Element.Size();
}
