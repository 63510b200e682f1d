using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>Kernels that turn each element into one of another type: between 8-bit types by a table of all 256 results, else by
/// arithmetic.</summary>
internal static class ConversionKernels
{
    /// <summary>
    /// Steps and operations in float32 of an element that becomes real; of one that becomes an integer, beside a requantisation; steps of
    /// one by a table.
    /// </summary>
    private const double RealSteps = 2.1,
        IntegerSteps = 0.2,
        TableSteps = 1.22;
    private const int RealFloats = 3,
        IntegerFloats = 1;

    /// <param name="table">The result for every byte.</param>
    public static OperatorKernel<Layer<T>> ByTable<T>(ElementType input, ElementType output, Func<Layer<T>, byte[]> table)
        where T : Operator =>
        Row<T>(
            input,
            output,
            "mn_lookup",
            0.82,
            (s, t) => ElementCost.OfJoinedRow(s, t, TableSteps),
            l => [new TableParameter("table", ConstantTable.Of<byte>("table", TableType.Int8, table(l)))]
        );

    /// <param name="quantized">Which of the two types is quantised.</param>
    public static OperatorKernel<Layer<T>> ByArithmetic<T>(
        ElementType input,
        ElementType output,
        Func<Layer<T>, TensorType> quantized,
        Func<T, Clamp> clamp
    )
        where T : Operator =>
        Row<T>(
            input,
            output,
            "mn_quantize",
            output == ElementType.Float32 ? 0.85 : 0.94,
            output == ElementType.Float32 ? RealRow : IntegerRow,
            l => Arithmetics(quantized(l), clamp(l.Operator))
        );

    /// <summary>Where one of the two types has more entries than a table.</summary>
    public static OperatorKernel<Layer<T>> BetweenIntegers<T>(ElementType input, ElementType output, Func<T, Clamp> clamp)
        where T : Operator =>
        Row<T>(
            input,
            output,
            "mn_rescale",
            0.94,
            (s, t) => IntegerRow(s, t) + s.RowElements * 2 * PortableCost.Of(t).FloatOperation,
            l =>
            {
                var (min, max) = clamp(l.Operator).Quantized(l.Output);
                return
                [
                    new RealParameter("in_scale", l.Input.Scale),
                    new RealParameter("scale", l.Output.Scale),
                    new IntegerParameter("in_zero", l.Input.ZeroPoint),
                    new IntegerParameter("zero", l.Output.ZeroPoint),
                    new IntegerParameter("out_min", min),
                    new IntegerParameter("out_max", max),
                ];
            }
        );

    private static double RealRow(TensorShape shape, KernelTarget target) => ElementCost.OfJoinedRow(shape, target, RealSteps, RealFloats);

    private static double IntegerRow(TensorShape shape, KernelTarget target) =>
        ElementCost.OfJoinedRow(shape, target, IntegerSteps, IntegerFloats) + shape.RowElements * PortableCost.Of(target).Output;

    private static OperatorKernel<Layer<T>> Row<T>(
        ElementType input,
        ElementType output,
        string block,
        double aloneShare,
        Func<TensorShape, KernelTarget, double> row,
        Func<Layer<T>, ImmutableArray<KernelParameter>> parameters
    )
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
            Cycles = (l, t) => PortableCost.Call + row(l.Output.Shape, t),
            JoinedCycles = (l, t) => row(l.Output.Shape, t),
            AloneShare = _ => aloneShare,
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
