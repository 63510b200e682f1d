using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record SliceColumns
{
    internal static ImmutableArray<OperatorKernel<Layer<SliceColumns>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_slice_columns_portable",
            Sources = ["mn_slice_columns.h", "mn_slice_columns_portable.c"],
            ParameterType = "mn_slice_columns",
            Parameters = l => [new IntegerParameter("first", l.Operator.Columns.Begin), new IntegerParameter("pixel", l.Input.RowBytes / l.Input.Shape.Width)],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfCopy(l.Output, t),
        },
    ];
}
