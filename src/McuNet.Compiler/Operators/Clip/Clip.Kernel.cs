using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Clip
{
    internal static ImmutableArray<OperatorKernel<Layer<Clip>>> Kernels { get; } =
    [
        .. KernelTypes.Bytes.Select(e =>
            ConversionKernels.ByTable<Clip>(e, e, l => Lookup.Table(l.Input, l.Output, new UnaryFunction.Identity(), l.Operator.Clamp))
        ),
        ConversionKernels.BetweenIntegers<Clip>(ElementType.Int16, ElementType.Int16, op => op.Clamp),
        RealKernels.Unary<Clip>("identity", _ => true, _ => new("identity"), op => op.Clamp),
    ];
}
