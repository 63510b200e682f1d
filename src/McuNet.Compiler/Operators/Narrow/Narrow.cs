using System.Collections.Generic;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>Numbers that the application hands over as int32, which ONNX has as int64 or int32, as real numbers: exactly up to 2^24,
/// rounded beyond.</summary>
public sealed partial record Narrow : PixelwiseOperator
{
    public override string Kind => "Narrow";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { Joinable = true };

    /// <summary>float(x), rounded half to even.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        for (var i = 0; i < types.Output.Shape.Elements; i++)
            output.Float32[i] = inputs[0][i];
    }

    /// <summary>The input.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) => inputs[0].CopyTo(output, 0);

    internal static ImmutableArray<OperatorKernel<Layer<Narrow>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_narrow_s32f32_portable",
            Sources = ["mn_numbers.h", "mn_narrow_s32f32_portable.c"],
            ParameterType = "mn_numbers",
            Parameters = l => [new IntegerParameter("channels", l.Output.Shape.Channels)],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, 1, 1),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, 1, 1),
        },
    ];
}
