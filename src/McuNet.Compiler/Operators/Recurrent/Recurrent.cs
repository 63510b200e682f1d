using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>How a recurrent layer goes from one row to the next.</summary>
public enum RecurrentCell
{
    /// <summary>One value: f(x + R h).</summary>
    Simple,

    /// <summary>Gates in the order update, reset, candidate.</summary>
    Gru,

    /// <summary>Gates in the order input, output, forget, cell.</summary>
    Lstm,
}

/// <summary>Functions of recurrent layers; kernels know them by these numbers.</summary>
public enum RecurrentFunction
{
    Sigmoid,
    Tanh,
    Relu,
    HardSigmoid,
    Identity,
}

/// <summary>
/// The part of RNN, GRU and LSTM that goes from row to row. Input: [rows, 1, gates x hidden], for each row what comes from the input, W x
/// and all biases, as a pointwise convolution computes it; output: [rows, 1, hidden], or the last row alone.
/// </summary>
public sealed partial record Recurrent : Operator
{
    public required RecurrentCell Cell { get; init; }

    /// <summary>R: [gates x hidden, hidden], float32.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>Hidden values before the first row, and of an LSTM its cells behind them.</summary>
    public required ImmutableArray<float> Initial { get; init; }

    /// <summary>Of an LSTM its peepholes [3][hidden] of input, output and forget gate; of a GRU the bias of the product for its candidate,
    /// [hidden].</summary>
    public required ImmutableArray<float> Extra { get; init; }

    /// <summary>Numbers go into functions within [-Clip, Clip].</summary>
    public float Clip { get; init; } = float.MaxValue;

    /// <summary>The cells of an LSTM stay within [-CellLimit, CellLimit].</summary>
    public float CellLimit { get; init; } = float.MaxValue;

    /// <summary>Of <see cref="RecurrentFunction.HardSigmoid"/>.</summary>
    public float Alpha { get; init; } = 0.2f;

    public float Beta { get; init; } = 0.5f;

    /// <summary>Of the gates; of a simple layer its only function.</summary>
    public RecurrentFunction Gate { get; init; } = RecurrentFunction.Sigmoid;

    /// <summary>Of the candidate.</summary>
    public RecurrentFunction Candidate { get; init; } = RecurrentFunction.Tanh;

    /// <summary>Of an LSTM's cell on its way to the output.</summary>
    public RecurrentFunction Result { get; init; } = RecurrentFunction.Tanh;

    /// <summary>From the last row to the first.</summary>
    public bool Reverse { get; init; }

    /// <summary>Whether the output is the row that is computed last, alone.</summary>
    public bool LastOnly { get; init; }

    /// <summary>Whether the output is the cells of an LSTM, not its hidden values.</summary>
    public bool GivesCells { get; init; }

    /// <summary>Whether an LSTM's forget gate is one minus its input gate.</summary>
    public bool CoupledGates { get; init; }

    /// <summary>Whether a GRU resets the product with its hidden values, and not these.</summary>
    public bool ResetsProduct { get; init; }

    public int Hidden => Weights.Dims[1];

    public override string Kind =>
        Cell switch
        {
            RecurrentCell.Lstm => "LSTM",
            RecurrentCell.Gru => "GRU",
            _ => "RNN",
        };

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => new(LastOnly ? 1 : inputs[0].Height, 1, Hidden);

    public override long Macs(NodeTypes types) => (long)types.Input.Shape.Height * Weights.Dims[0] * Hidden;

    /// <summary>Row by row; from the last to the first only when all are there.</summary>
    public override RowDependency Rows(NodeTypes types) =>
        Reverse ? new AllRows(types.Input.Shape.Height, types.Output.Shape.Height)
        : LastOnly ? new AccumulatedRows(types.Input.Shape.Height)
        : new SameRows(types.Input.Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => null;
}
