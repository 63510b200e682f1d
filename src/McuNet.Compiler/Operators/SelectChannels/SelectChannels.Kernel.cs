using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record SelectChannels
{
    internal static ImmutableArray<OperatorKernel<Layer<SelectChannels>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_slice_channels_portable",
            Sources = ["mn_select.h", "mn_move.h", "mn_slice_channels_portable.c"],
            ParameterType = "mn_slice_channels",
            Applies = l => l.Operator.IsRange,
            Parameters = l =>
                [
                    new IntegerParameter("first", l.Operator.Source[0] * l.Output.Element.Size()),
                    new IntegerParameter("bytes", l.Operator.Source.Length * l.Output.Element.Size()),
                    new IntegerParameter("pixel", l.Input.Shape.Channels * l.Input.Element.Size()),
                ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfCalledPieces(l.Output.Shape.Width, l.Operator.Source.Length * l.Output.Element.Size(), t),
            AloneShare = l => ElementCost.AlonePieces(l.Operator.Source.Length * l.Output.Element.Size()),
        },
        new()
        {
            Function = "mn_select_channels_portable",
            Sources = ["mn_select.h", "mn_move.h", "mn_select_channels_portable.c"],
            ParameterType = "mn_select_channels",
            Parameters = l =>
                [
                    new TableParameter(
                        "source",
                        ConstantTable.Of<ushort>("source", TableType.UInt16, l.Operator.Source.Select(c => (ushort)c).ToArray())
                    ),
                    new IntegerParameter("channels", l.Operator.Source.Length),
                    new IntegerParameter("pixel", l.Input.Shape.Channels * l.Input.Element.Size()),
                    new IntegerParameter("size", l.Output.Element.Size()),
                ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfCalledElements(l.Output.Shape.Width, l.Operator.Source.Length, t),
            AloneShare = l => ElementCost.AloneElements(l.Operator.Source.Length),
        },
    ];
}
