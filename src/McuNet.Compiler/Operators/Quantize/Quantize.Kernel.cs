using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Quantize
{
    internal static ImmutableArray<OperatorKernel<Layer<Quantize>>> Kernels { get; } =
    [.. KernelTypes.Integers.Select(e => ConversionKernels.ByArithmetic<Quantize>(ElementType.Float32, e, l => l.Output, op => op.Clamp))];
}
