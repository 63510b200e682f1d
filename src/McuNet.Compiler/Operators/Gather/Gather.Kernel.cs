using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Gather
{
    /// <summary>Float operations of finding a row.</summary>
    private const int PlaceOperations = 4;

    internal static ImmutableArray<OperatorKernel<Layer<Gather>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_gather_portable",
            Sources = ["mn_gather.h", "mn_move.h", "mn_gather_portable.c"],
            ParameterType = "mn_gather",
            Applies = l => !l.Operator.IsConstant && !l.Types.Inputs[1].IsQuantized,
            Parameters = Size,
            Arguments = [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output],
            Cycles = Cost,
            AloneShare = l => ElementCost.AloneShare(l.Output.RowBytes),
        },
        new()
        {
            Function = "mn_gather_portable_constant",
            Sources = ["mn_gather.h", "mn_move.h", "mn_gather_portable_constant.c"],
            ParameterType = "mn_gather_constant",
            Applies = l => l.Operator.IsConstant && !l.Input.IsQuantized,
            Parameters = l => [new TableParameter("table", new("table", TableType.Int8, l.Operator.Table)), .. Size(l)],
            Arguments = [KernelArgument.Row0, KernelArgument.Output],
            Cycles = Cost,
            AloneShare = l => ElementCost.AloneShare(l.Output.RowBytes),
        },
    ];

    private static ImmutableArray<KernelParameter> Size(Layer<Gather> layer) =>
        [new IntegerParameter("count", layer.Operator.Count), new IntegerParameter("bytes", layer.Output.RowBytes)];

    private static double Cost(Layer<Gather> layer, KernelTarget target) =>
        ElementCost.OfCalledRun(layer.Output.RowBytes, target) + PlaceOperations * PortableCost.Of(target).FloatOperation;
}
