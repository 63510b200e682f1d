using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Lookup
{
    internal static ImmutableArray<OperatorKernel<Layer<Lookup>>> Kernels { get; } =
    [
        ConversionKernels.ByTable<Lookup>(
            ElementType.Int8,
            ElementType.Int8,
            l => Table(l.Input, l.Output, l.Operator.Function, l.Operator.Clamp)
        ),
        new()
        {
            Function = "mn_lookup_s8f32_portable",
            Sources = ["mn_lookup_real.h", "mn_lookup_s8f32_portable.c"],
            ParameterType = "mn_lookup_real",
            Applies = l => RealTable(l.Input, l.Operator.Function, l.Operator.Clamp).All(float.IsFinite),
            Parameters = l =>
                [
                    new TableParameter(
                        "table",
                        ConstantTable.Of<float>("table", TableType.Float32, RealTable(l.Input, l.Operator.Function, l.Operator.Clamp))
                    ),
                    new IntegerParameter("channels", l.Output.Shape.Channels),
                ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t),
        },
        .. RealFunctions
            .Expressions.Keys.Order(StringComparer.Ordinal)
            .Select(f =>
                RealKernels.Unary<Lookup>(f, l => l.Operator.Function.Form?.Name == f, l => l.Operator.Function.Form!, op => op.Clamp)
            ),
    ];
}
