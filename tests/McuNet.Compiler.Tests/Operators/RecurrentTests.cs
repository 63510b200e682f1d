using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>All cells, forwards and backwards, with every variant; numbers of gate values that blocks of four do and do not
/// divide.</summary>
internal sealed class RecurrentCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 24; i++)
        {
            var cell = (RecurrentCell)(i % 3);
            var (hidden, gates) = (
                1 + Random.Next(6),
                cell switch
                {
                    RecurrentCell.Lstm => 4,
                    RecurrentCell.Gru => 3,
                    _ => 1,
                }
            );
            var op = new Recurrent
            {
                Cell = cell,
                Weights = RecurrentTests.Reals([gates * hidden, hidden], Numbers(gates * hidden * hidden)),
                Initial = [.. Numbers((cell == RecurrentCell.Lstm ? 2 : 1) * hidden)],
                Extra =
                [
                    .. Numbers(
                        cell switch
                        {
                            RecurrentCell.Lstm => 3 * hidden,
                            RecurrentCell.Gru => hidden,
                            _ => 0,
                        }
                    ),
                ],
                Clip = i % 4 == 0 ? 1.5f : float.MaxValue,
                Gate = (RecurrentFunction)(i / 3 % 4),
                Candidate = i % 5 == 0 ? RecurrentFunction.Relu : RecurrentFunction.Tanh,
                Result = i % 5 == 1 ? RecurrentFunction.Identity : RecurrentFunction.Tanh,
                Reverse = i / 3 % 2 == 1,
                LastOnly = i / 6 % 2 == 1,
                GivesCells = cell == RecurrentCell.Lstm && i % 2 == 0,
                CoupledGates = i > 16,
                ResetsProduct = i % 2 == 0,
            };
            var input = new TensorShape(1 + Random.Next(5), 1, gates * hidden);
            yield return Case(op, new([Real(input)], Real(op.InferShape([input]))), Calling.SplitColumns, lowest: 0);
            var packed = op with { Weights = CompactWeights.Of(Random, i % CompactWeights.Kinds, [gates * hidden, hidden]) };
            yield return Case(packed, new([Real(input)], Real(op.InferShape([input]))), Calling.SplitColumns, lowest: 0);
        }
    }

    private float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(Random.NextDouble() - 0.5))];
}

public sealed class RecurrentTests
{
    internal static ConstantTensor Reals(int[] dims, float[] values) =>
        new([.. dims], ElementType.Float32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [1], [0]);

    /// <summary>h1 = relu(1 + 2 x 1), h2 = relu(-8 + 2 h1), h3 = relu(1 + 2 h2).</summary>
    [Theory]
    [InlineData(false, new[] { 3f, 0, 1 })]
    [InlineData(true, new[] { 1f, 0, 3 })]
    public void Evaluate_SimpleCell_GoesFromRowToRow(bool reverse, float[] expected)
    {
        var op = new Recurrent
        {
            Cell = RecurrentCell.Simple,
            Weights = Reals([1, 1], [2]),
            Initial = [1],
            Extra = [],
            Gate = RecurrentFunction.Relu,
            Reverse = reverse,
        };
        Assert.Equal(expected, Run(op, new(new(3, 1, 1), ElementType.Float32), Rows([1, -8, 1])).Float32.ToArray());
        Assert.Equal(
            expected[reverse ? 0 : 2],
            Run(op with { LastOnly = true }, new(new(1, 1, 1), ElementType.Float32), Rows([1, -8, 1])).Float32[0]
        );
    }

    /// <summary>Gates at 0.5 where nothing comes in: c = 0.5 c + 0.5 tanh(0), h = 0.5 tanh(c).</summary>
    [Fact]
    public void Evaluate_LstmWithoutInput_HalvesItsCells()
    {
        var op = new Recurrent
        {
            Cell = RecurrentCell.Lstm,
            Weights = Reals([4, 1], new float[4]),
            Initial = [0, 1],
            Extra = [0, 0, 0],
            GivesCells = true,
        };
        var output = new TensorType(new(2, 1, 1), ElementType.Float32);
        var input = new TensorData(new(new(2, 1, 4), ElementType.Float32));
        Assert.Equal([0.5f, 0.25f], Run(op, output, input).Float32.ToArray());
        Assert.Equal(0.5 * Math.Tanh(0.25), Run(op with { GivesCells = false }, output, input).Float32[1], 1e-7);
    }

    /// <summary>An open update gate keeps half: h = 0.5 tanh(0.5 r h) + 0.5 h with r = 0.5.</summary>
    [Fact]
    public void Evaluate_GruWithoutInput_MixesCandidateAndPast()
    {
        var op = new Recurrent
        {
            Cell = RecurrentCell.Gru,
            Weights = Reals([3, 1], [0, 0, 1]),
            Initial = [0.8f],
            Extra = [0],
        };
        var actual = Run(op, new(new(1, 1, 1), ElementType.Float32), new TensorData(new(new(1, 1, 3), ElementType.Float32))).Float32[0];
        Assert.Equal(0.5 * Math.Tanh(0.4) + 0.4, actual, 1e-6);
    }

    public static TheoryData<string, string, bool, int> Models()
    {
        var data = new TheoryData<string, string, bool, int>();
        foreach (
            var (op, directions) in from op in new[] { "RNN", "GRU", "LSTM" }
            from d in new[] { "forward", "reverse", "bidirectional" }
            select (op, d)
        )
        {
            for (var output = 0; output < (op == "LSTM" ? 3 : 2); output++)
                data.Add(op, directions, output != 1, output);
        }

        return data;
    }

    [OnnxRuntimeTheory]
    [MemberData(nameof(Models))]
    public void Import_RecurrentLayer_EqualsOnnxRuntime(string op, string direction, bool full, int output)
    {
        var (random, directions, hidden, gates) = (
            new Random(7),
            direction == "bidirectional" ? 2 : 1,
            5,
            op switch
            {
                "LSTM" => 4,
                "GRU" => 3,
                _ => 1,
            }
        );
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        var model = new OnnxBytes()
            .Input("x", 6, 1, 3)
            .Tensor("w", OnnxType.Float, [directions, gates * hidden, 3], Numbers(directions * gates * hidden * 3))
            .Tensor("r", OnnxType.Float, [directions, gates * hidden, hidden], Numbers(directions * gates * hidden * hidden))
            .Tensor("b", OnnxType.Float, [directions, 2 * gates * hidden], Numbers(directions * 2 * gates * hidden))
            .Tensor("h", OnnxType.Float, [directions, 1, hidden], Numbers(directions * hidden))
            .Tensor("c", OnnxType.Float, [directions, 1, hidden], Numbers(directions * hidden))
            .Tensor("p", OnnxType.Float, [directions, 3 * hidden], Numbers(directions * 3 * hidden));
        var operands =
            !full ? "x w r"
            : op == "LSTM" ? "x w r b - h c p"
            : "x w r b - h";
        string[] results = ["y", "y_h", "y_c"];
        (string, object)[] attributes =
        [
            ("hidden_size", hidden),
            ("direction", direction),
            .. full && op == "GRU" ? [("linear_before_reset", 1)] : Array.Empty<(string, object)>(),
            .. full ? [("clip", 0.75f)] : Array.Empty<(string, object)>(),
        ];
        model.Node(op, operands, string.Join(' ', results.Take(op == "LSTM" ? 3 : 2)), attributes).Output(results[output]);
        Assert.True(OnnxOracle.CompareReals(model, 3) < 1e-5f);
    }

    /// <summary>A batch of sequences, each with its own first values.</summary>
    [OnnxRuntimeTheory]
    [InlineData("RNN", 1, "forward", 0)]
    [InlineData("GRU", 3, "bidirectional", 0)]
    [InlineData("GRU", 3, "reverse", 1)]
    [InlineData("LSTM", 4, "bidirectional", 1)]
    [InlineData("LSTM", 4, "bidirectional", 2)]
    public void Evaluate_Batch_IsThatOfOnnxRuntime(string op, int gates, string direction, int output)
    {
        var (random, directions, hidden, batch) = (new Random(8), direction == "bidirectional" ? 2 : 1, 4, 3);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        var model = new OnnxBytes()
            .Input("x", 6, batch, 3)
            .Tensor("w", OnnxType.Float, [directions, gates * hidden, 3], Numbers(directions * gates * hidden * 3))
            .Tensor("r", OnnxType.Float, [directions, gates * hidden, hidden], Numbers(directions * gates * hidden * hidden))
            .Tensor("h", OnnxType.Float, [directions, batch, hidden], Numbers(directions * batch * hidden));
        string[] results = ["y", "y_h", "y_c"];
        model
            .Node(
                op,
                "x w r - - h",
                string.Join(' ', results.Take(op == "LSTM" ? 3 : 2)),
                ("hidden_size", hidden),
                ("direction", direction)
            )
            .Output(results[output]);
        Assert.True(OnnxOracle.CompareReals(model, 3) < 1e-5f);
    }

    private static TensorData Rows(float[] values)
    {
        var data = new TensorData(new(new(values.Length, 1, 1), ElementType.Float32));
        values.CopyTo(data.Float32);
        return data;
    }
}
