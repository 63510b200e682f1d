using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Composite
{
    internal static ImmutableArray<OperatorKernel<Layer<Composite>>> Kernels { get; } =
    [ConversionKernels.ByTable<Composite>(ElementType.Int8, ElementType.Int8, l => l.Operator.Table(l.Input, l.Output))];
}
