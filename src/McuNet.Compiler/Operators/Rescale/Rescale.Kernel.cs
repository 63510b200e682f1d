using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Rescale
{
    internal static ImmutableArray<OperatorKernel<Layer<Rescale>>> Kernels { get; } =
    [
        .. from input in KernelTypes.Bytes
        from output in KernelTypes.Bytes
        select ConversionKernels.ByTable<Rescale>(
            input,
            output,
            l => Lookup.Table(l.Input, l.Output, new UnaryFunction.Identity(), l.Operator.Clamp)
        ),
        ConversionKernels.BetweenIntegers<Rescale>(ElementType.Int16, ElementType.Int16, op => op.Clamp),
        ConversionKernels.BetweenIntegers<Rescale>(ElementType.Int16, ElementType.Int8, op => op.Clamp),
        ConversionKernels.BetweenIntegers<Rescale>(ElementType.Int8, ElementType.Int16, op => op.Clamp),
    ];
}
