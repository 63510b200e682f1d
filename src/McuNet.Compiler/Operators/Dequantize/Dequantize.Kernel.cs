using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Dequantize
{
    internal static ImmutableArray<OperatorKernel<Layer<Dequantize>>> Kernels { get; } =
    [
        .. KernelTypes.Integers.Select(e =>
            ConversionKernels.ByArithmetic<Dequantize>(e, ElementType.Float32, l => l.Input, _ => Clamp.None)
        ),
    ];
}
