using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Where
{
    /// <summary>Steps of an integer, of a real number, and of going on to the next pixel.</summary>
    private const double IntegerSteps = 2.75,
        RealSteps = 2.25,
        IntegerPixel = 2.75,
        RealPixel = 4.25;

    /// <summary>Of integers that have the quantisation of the result, as <c>ConvertOperands</c> leaves them.</summary>
    internal static ImmutableArray<OperatorKernel<Layer<Where>>> Kernels { get; } =
    [Row("mn_where_s8_portable"), Row("mn_where_f32_portable")];

    private static OperatorKernel<Layer<Where>> Row(string function) =>
        new()
        {
            Function = function,
            Sources = ["mn_where.h", $"{function}.c"],
            ParameterType = "mn_where",
            Parameters = l =>
                [
                    .. Enumerable.Range(0, 3).SelectMany(i => Steps(i, l.Types.Inputs[i].Shape, l.Output.Shape)),
                    new IntegerParameter("channels", l.Output.Shape.Channels),
                    new IntegerParameter("zero", l.Input.Quantization?.ZeroPoint ?? 0),
                ],
            Arguments = [KernelArgument.Rows, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => PortableCost.Call + RowCycles(l, t),
            JoinedCycles = RowCycles,
            AloneShare = l => l.Output.IsQuantized ? 0.57 : 0.7,
        };

    private static double RowCycles(Layer<Where> layer, KernelTarget target)
    {
        var (element, pixel) = layer.Output.IsQuantized ? (IntegerSteps, IntegerPixel) : (RealSteps, RealPixel);
        return ElementCost.OfJoinedRow(layer.Output.Shape, target, element) + ElementCost.OfPixels(layer.Output.Shape, target, pixel);
    }

    private static ImmutableArray<KernelParameter> Steps(int operand, TensorShape shape, TensorShape output) =>
        [
            new IntegerParameter(
                $"column_{"cab"[operand]}",
                shape.Width == output.Width && (shape.Height == output.Height || shape.Width > 1) ? shape.Channels : 0
            ),
            new IntegerParameter($"channel_{"cab"[operand]}", shape.Channels == output.Channels ? 1 : 0),
        ];
}
