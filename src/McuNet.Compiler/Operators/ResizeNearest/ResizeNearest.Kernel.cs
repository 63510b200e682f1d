using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record ResizeNearest
{
    private const double CopySteps = 0.13;

    internal static ImmutableArray<OperatorKernel<Layer<ResizeNearest>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_resize_nearest_s8_portable",
            Sources = ["mn_resize.h", "mn_resize_nearest_s8_portable.c"],
            ParameterType = "mn_resize",
            Parameters = l =>
            [
                new TableParameter("source", ConstantTable.Of<ushort>("source", TableType.UInt16, l.Operator.ColumnSource.Select(x => (ushort)x).ToArray())),
                new IntegerParameter("channels", l.Output.Shape.Channels),
            ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, CopySteps),
        },
    ];
}
