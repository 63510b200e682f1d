using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Recurrent
{
    /// <summary>Float operations of a hidden value beside its products: some functions.</summary>
    private const double FunctionOperations = 40;

    internal static ImmutableArray<OperatorKernel<Layer<Recurrent>>> Kernels { get; } =
    [
        Row("mn_rnn_f32_portable", RecurrentCell.Simple, 1),
        Row("mn_gru_f32_portable", RecurrentCell.Gru, 3),
        Row("mn_lstm_f32_portable", RecurrentCell.Lstm, 4),
        Packed("mn_rnn_f32_portable_packed", RecurrentCell.Simple, 1),
        Packed("mn_gru_f32_portable_packed", RecurrentCell.Gru, 3),
        Packed("mn_lstm_f32_portable_packed", RecurrentCell.Lstm, 4),
    ];

    /// <summary>The same by packed weights.</summary>
    private static OperatorKernel<Layer<Recurrent>> Packed(string function, RecurrentCell cell, int gates)
    {
        var plain = Row(function, cell, gates);
        return plain with
        {
            Sources =
            [
                "mn_real_limit.h",
                .. PackedWeights.Headers,
                .. RealFunctions.HeadersOf("mn_math_sigmoid", "mn_math_tanh"),
                "mn_recurrent_apply.h",
                "mn_recurrent_packed.h",
                $"{function}.c",
            ],
            ParameterType = "mn_recurrent_packed",
            Applies = l => l.Operator.Cell == cell && l.Operator.Weights.Form is not null,
            Parameters = PackedParameters,
            Cycles = (l, t) =>
                plain.Cycles(l, t) + RowsPerCall(l) * l.Operator.Weights.Count * RealCost.Widening(t, l.Operator.Weights.Form!.IsFloat16),
        };
    }

    private static OperatorKernel<Layer<Recurrent>> Row(string function, RecurrentCell cell, int gates) =>
        new()
        {
            Function = function,
            Sources =
            [
                "mn_real_limit.h",
                "mn_real_sums.h",
                .. RealFunctions.HeadersOf("mn_math_sigmoid", "mn_math_tanh"),
                "mn_recurrent_apply.h",
                "mn_recurrent.h",
                $"{function}.c",
            ],
            ParameterType = "mn_recurrent",
            Applies = l => l.Operator.Cell == cell && l.Operator.Weights.Form is null,
            Parameters = Parameters,
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Step, KernelArgument.Scratch, KernelArgument.State],
            ScratchBytes = l => gates * l.Operator.Hidden * sizeof(float),
            StateBytes = l => (cell == RecurrentCell.Simple ? 1 : 2) * l.Operator.Hidden * sizeof(float),
            Cycles = (l, t) =>
                PortableCost.Call
                + RowsPerCall(l)
                    * l.Operator.Hidden
                    * (gates * (l.Operator.Hidden * RealCost.SingleMac(t) + FunctionOperations * PortableCost.Of(t).FloatOperation)),
        };

    private static int RowsPerCall(Layer<Recurrent> layer) => layer.Operator.Reverse ? layer.Input.Shape.Height : 1;

    private static ImmutableArray<KernelParameter> Parameters(Layer<Recurrent> layer)
    {
        var op = layer.Operator;
        var weights = ConstantTable.Of<float>(
            "weights",
            TableType.Float32,
            RealLinear.Blocks(RealLinear.Numbers(op.Weights), op.Weights.Dims[0])
        );
        return [new TableParameter("weights", weights), .. Tables(op), .. Functions(op), .. Sizes(layer)];
    }

    private static ImmutableArray<KernelParameter> PackedParameters(Layer<Recurrent> layer)
    {
        var packed = PackedWeights.InBlocks(layer.Operator.Weights, layer.Operator.Weights.Dims[0]);
        return
        [
            .. packed.Tables,
            .. Tables(layer.Operator),
            .. Functions(layer.Operator),
            .. packed.Groups,
            .. Sizes(layer),
            .. packed.Format,
        ];
    }

    private static ImmutableArray<KernelParameter> Tables(Recurrent op) =>
        [
            new TableParameter("initial", ConstantTable.Of<float>("initial", TableType.Float32, op.Initial.AsSpan())),
            new TableParameter("extra", ConstantTable.Of<float>("extra", TableType.Float32, op.Extra.AsSpan())),
        ];

    private static ImmutableArray<KernelParameter> Functions(Recurrent op) =>
        [
            new RealParameter("clip", op.Clip),
            new RealParameter("limit", op.CellLimit),
            new RealParameter("alpha", op.Alpha),
            new RealParameter("beta", op.Beta),
        ];

    private static ImmutableArray<KernelParameter> Sizes(Layer<Recurrent> layer)
    {
        var op = layer.Operator;
        return
        [
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
