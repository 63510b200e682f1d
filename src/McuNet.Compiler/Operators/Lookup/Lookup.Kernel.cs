using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Lookup
{
    internal static ImmutableArray<OperatorKernel<Layer<Lookup>>> Kernels { get; } =
        [ConversionKernels.ByTable<Lookup>(ElementType.Int8, ElementType.Int8, l => Table(l.Input, l.Output, l.Operator.Function, l.Operator.Clamp))];
}
