using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Pad
{
    internal static ImmutableArray<OperatorKernel<Layer<Pad>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_pad_portable",
            Sources = ["mn_pad.h", "mn_move.h", "mn_pad_portable.c"],
            ParameterType = "mn_pad",
            Parameters = Parameters,
            Arguments = [KernelArgument.Row, KernelArgument.Output],
            Cycles = (l, t) =>
                l.Operator.PadsChannels
                    ? ElementCost.OfPieces(
                        l.Output.Shape.Width,
                        (l.Input.Shape.Channels + l.Output.Shape.Channels) * l.Output.Element.Size() / 2,
                        t
                    )
                    : ElementCost.OfRun(l.Output.RowBytes, t),
        },
    ];

    private bool PadsChannels => Margins.Front + Margins.Back > 0;

    /// <summary>Where no channels are added, a row is one pixel.</summary>
    private static ImmutableArray<KernelParameter> Parameters(Layer<Pad> layer)
    {
        var (op, size, input) = (layer.Operator, layer.Output.Element.Size(), layer.Input);
        var (pixel, margins) = (layer.Output.Shape.Channels * size, op.Margins);
        return
        [
            new IntegerParameter("left", margins.Left * pixel),
            new IntegerParameter("right", margins.Right * pixel),
            new IntegerParameter("pixels", op.PadsChannels ? input.Shape.Width : 1),
            new IntegerParameter("pixel", op.PadsChannels ? input.Shape.Channels * size : input.RowBytes),
            new IntegerParameter("front", margins.Front * size),
            new IntegerParameter("back", margins.Back * size),
            new IntegerParameter("fill", op.Bits(layer.Output)),
            new IntegerParameter("size", size),
        ];
    }
}
