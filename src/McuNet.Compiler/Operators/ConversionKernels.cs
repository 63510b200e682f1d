using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>Kernels that turn each element into one of another type: between 8-bit types by a table of all 256 results, else by arithmetic.</summary>
internal static class ConversionKernels
{
    private const int FloatOperations = 3;

    /// <param name="table">The result for every byte.</param>
    public static OperatorKernel<Layer<T>> ByTable<T>(ElementType input, ElementType output, Func<Layer<T>, byte[]> table)
        where T : Operator =>
        Row<T>(input, output, "mn_lookup", 0, l => [new TableParameter("table", ConstantTable.Of<byte>("table", TableType.Int8, table(l)))]);

    /// <param name="quantized">Which of the two types is quantised.</param>
    public static OperatorKernel<Layer<T>> ByArithmetic<T>(ElementType input, ElementType output, Func<Layer<T>, TensorType> quantized, Func<T, Clamp> clamp)
        where T : Operator => Row<T>(input, output, "mn_quantize", FloatOperations, l => Arithmetics(quantized(l), clamp(l.Operator)));

    private static OperatorKernel<Layer<T>> Row<T>(
        ElementType input, ElementType output, string block, int floats, Func<Layer<T>, ImmutableArray<KernelParameter>> parameters)
        where T : Operator
    {
        var function = $"mn_requantize_{KernelTypes.NameOf(input)}{KernelTypes.NameOf(output)}_portable";
        return new()
        {
            Function = function,
            Sources = [$"{block}.h", $"{function}.c"],
            ParameterType = block,
            Applies = l => (l.Input.Element, l.Output.Element) == (input, output),
            Parameters = l => [.. parameters(l), new IntegerParameter("channels", l.Output.Shape.Channels)],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, 1, floats),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, 1, floats),
        };
    }

    private static ImmutableArray<KernelParameter> Arithmetics(TensorType quantized, Clamp clamp)
    {
        var (min, max) = clamp.Quantized(quantized);
        return
        [
            new RealParameter("scale", quantized.Scale),
            new RealParameter("low", clamp.Finite.Low),
            new RealParameter("high", clamp.Finite.High),
            new IntegerParameter("zero", quantized.ZeroPoint),
            new IntegerParameter("out_min", min),
            new IntegerParameter("out_max", max),
        ];
    }
}
