using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Recurrent
{
    /// <summary>Float operations of a hidden value beside its products: some functions.</summary>
    private const double FunctionOperations = 40;

    internal static ImmutableArray<OperatorKernel<Layer<Recurrent>>> Kernels { get; } =
        [Row("mn_rnn_f32_portable", RecurrentCell.Simple, 1), Row("mn_gru_f32_portable", RecurrentCell.Gru, 3), Row("mn_lstm_f32_portable", RecurrentCell.Lstm, 4)];

    private static OperatorKernel<Layer<Recurrent>> Row(string function, RecurrentCell cell, int gates) => new()
    {
        Function = function,
        Sources =
        [
            "mn_real_limit.h", "mn_real_sums.h", .. RealFunctions.HeadersOf("mn_math_sigmoid", "mn_math_tanh"), "mn_recurrent.h", $"{function}.c",
        ],
        ParameterType = "mn_recurrent",
        Applies = l => l.Operator.Cell == cell,
        Parameters = Parameters,
        Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Step, KernelArgument.Scratch, KernelArgument.State],
        ScratchBytes = l => gates * l.Operator.Hidden * sizeof(float),
        StateBytes = l => (cell == RecurrentCell.Simple ? 1 : 2) * l.Operator.Hidden * sizeof(float),
        Cycles = (l, t) => PortableCost.Call + RowsPerCall(l) * l.Operator.Hidden * (gates * (l.Operator.Hidden * RealCost.SingleMac(t) + FunctionOperations * PortableCost.Of(t).FloatOperation)),
    };

    private static int RowsPerCall(Layer<Recurrent> layer) => layer.Operator.Reverse ? layer.Input.Shape.Height : 1;

    private static ImmutableArray<KernelParameter> Parameters(Layer<Recurrent> layer)
    {
        var op = layer.Operator;
        return
        [
            new TableParameter("weights", ConstantTable.Of<float>("weights", TableType.Float32, RealLinear.Blocks(op.Weights, op.Weights.Dims[0]))),
            new TableParameter("initial", ConstantTable.Of<float>("initial", TableType.Float32, op.Initial.AsSpan())),
            new TableParameter("extra", ConstantTable.Of<float>("extra", TableType.Float32, op.Extra.AsSpan())),
            new RealParameter("clip", op.Clip),
            new RealParameter("limit", op.CellLimit),
            new RealParameter("alpha", op.Alpha),
            new RealParameter("beta", op.Beta),
            new IntegerParameter("hidden", op.Hidden),
            new IntegerParameter("steps", layer.Input.Shape.Height),
            new IntegerParameter("rows", RowsPerCall(layer)),
            new IntegerParameter("reverse", op.Reverse ? 1 : 0),
            new IntegerParameter("last", op.LastOnly ? 1 : 0),
            new IntegerParameter("gate", (int)op.Gate),
            new IntegerParameter("cell", (int)op.Candidate),
            new IntegerParameter("result", (int)op.Result),
            new IntegerParameter("variant", (op.CoupledGates ? 1 : 0) | (op.ResetsProduct ? 2 : 0) | (op.GivesCells ? 4 : 0)),
        ];
    }
}
