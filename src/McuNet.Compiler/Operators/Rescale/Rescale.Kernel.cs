using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Rescale
{
    internal static ImmutableArray<OperatorKernel<Layer<Rescale>>> Kernels { get; } =
    [
        .. from input in KernelTypes.Integers
        from output in KernelTypes.Integers
        select ConversionKernels.ByTable<Rescale>(
            input,
            output,
            l => Lookup.Table(l.Input, l.Output, new UnaryFunction.Identity(), l.Operator.Clamp)
        ),
    ];
}
