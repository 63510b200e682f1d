using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Reshape
{
    internal static ImmutableArray<OperatorKernel<Layer<Reshape>>> Kernels { get; } = [.. KernelTypes.Activations.Select(Row)];

    private static OperatorKernel<Layer<Reshape>> Row(ElementType element)
    {
        var function = $"mn_reshape_{KernelTypes.NameOf(element)}_portable";
        return new()
        {
            Function = function,
            Sources = ["mn_copy.h", $"{function}.c"],
            ParameterType = "mn_copy",
            Applies = l => l.Input.Element == element,
            Parameters = l => [new IntegerParameter("count", l.Input.Shape.Elements)],
            Arguments = [KernelArgument.Whole0, KernelArgument.Output],
            Cycles = (l, t) => PortableCost.Call + l.Input.Bytes * PortableCost.Of(t).Gather,
        };
    }
}
