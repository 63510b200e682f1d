using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>
/// Recurrent layers: for each direction a pointwise convolution of all rows by the weights of the input, whose bias is the sum of both
/// biases, and the cell that goes from row to row behind it, one for each sequence of a batch.
/// </summary>
internal static class RecurrentRows
{
    private const float HardSigmoidAlpha = 0.2f;
    private const float HardSigmoidBeta = 0.5f;

    public static void Rnn(NodeImport node) => Import(node, RecurrentCell.Simple, 1, ["Tanh"]);

    public static void Gru(NodeImport node) => Import(node, RecurrentCell.Gru, 3, ["Sigmoid", "Tanh"]);

    public static void Lstm(NodeImport node) => Import(node, RecurrentCell.Lstm, 4, ["Sigmoid", "Tanh", "Tanh"]);

    /// <param name="functions">That the directions have where the node states none.</param>
    private static void Import(NodeImport node, RecurrentCell cell, int gates, ImmutableArray<string> functions)
    {
        var isBatchFirst = node.Int("layout", 0) != 0;
        var given = node.Activation(0);
        if (given.Axes.Rank != 3)
            throw node.BadDims(given, "a sequence [T, N, features] is needed.");
        var batch = given.Dims[isBatchFirst ? 0 : 1];
        var input =
            batch == 1
                ? node.Arrange(given, isBatchFirst ? "-HC" : "H-C")
                : node.Layout.Grouped(given, [isBatchFirst ? 1 : 0], [isBatchFirst ? 0 : 1], [2]);
        var (rows, features) = (input.Type.Shape.Height, input.Type.Shape.Channels);
        if (node.Has(4) && node.Constant(4, "sequence_lens").Integers() is var lengths && lengths.Any(l => l != rows))
            throw node.Unsupported("sequence_lens", string.Join(", ", lengths), $"All {rows} rows must count.");
        var weights = node.Constant(1, "weights").Dequantized();
        var recurrence = node.Constant(2, "recurrence").Dequantized();
        if (
            recurrence.Shape is not [var directions, var values, var hidden]
            || values != gates * hidden
            || directions is not (1 or 2)
            || hidden < 1
        )
            throw node.BadDims(recurrence, $"[directions, {gates} x hidden, hidden] is needed.");
        if (!weights.Shape.SequenceEqual([directions, values, features]))
            throw node.BadDims(weights, $"[{directions}, {values}, {features}] is needed.");
        if (node.Int("hidden_size", hidden) is var stated && stated != hidden)
            throw node.Unsupported("hidden_size", stated, $"The weights are of {hidden}.");
        var backwards = node.Text("direction", "forward") switch
        {
            "forward" => new[] { false },
            "reverse" => [true],
            "bidirectional" => [false, true],
            var other => throw node.Unsupported("direction", other, "It is forward, reverse or bidirectional."),
        };
        if (backwards.Length != directions)
            throw node.BadDims(weights, $"{node.Text("direction", "forward")} takes {backwards.Length} directions.");
        var layer = new Layer(node, cell, gates, hidden, directions, batch, input, weights, recurrence, functions);
        Activation[][] all = [.. backwards.Select((reverse, d) => layer.Direction(d, reverse))];
        ImmutableArray<int> last = [directions, batch, hidden],
            sequence = [rows, .. last];
        Return(node.ForOutput(0), all, sequence, isBatchFirst ? [2, 0, 1, 3] : [0, 1, 2, 3]);
        if (node.OutputCount > 1)
            Return(
                node.ForOutput(1),
                [.. all.Select((a, d) => a.Select(s => LastRow(node, s, backwards[d] ? 0 : rows - 1)).ToArray())],
                last,
                isBatchFirst ? [1, 0, 2] : [0, 1, 2]
            );
        if (node.OutputCount > 2)
            Return(
                node.ForOutput(2),
                [.. backwards.Select((reverse, d) => layer.Direction(d, reverse, cells: true))],
                last,
                isBatchFirst ? [1, 0, 2] : [0, 1, 2]
            );
    }

    /// <summary>One result, the sequences of its directions side by side as columns.</summary>
    /// <param name="dims">Of the result with its batch behind the directions.</param>
    /// <param name="order">Which of them each dimension of the result is.</param>
    private static void Return(NodeImport node, Activation[][] directions, ImmutableArray<int> dims, ImmutableArray<int> order)
    {
        if (!node.IsNamed)
            return;
        Activation[] parts = [.. directions.SelectMany(d => d)];
        var value = parts[0];
        if (parts.Length > 1)
        {
            var op = new Concat { Axis = ConcatAxis.Columns };
            value = node.Emit(op, value.Axes, value.Type with { Shape = op.InferShape([.. parts.Select(d => d.Type.Shape)]) }, [.. parts]);
        }

        node.Return(value with { Axes = AxisOrder.OfStored(dims, value.Type.Shape).Permuted(order) });
    }

    private static Activation LastRow(NodeImport node, Activation value, int row)
    {
        var op = new SelectPixels { RowSource = [row], ColumnSource = [0] };
        return node.Emit(op, value.Axes, value.Type with { Shape = op.InferShape([value.Type.Shape]) }, value);
    }

    /// <summary>What the directions of a node share.</summary>
    private sealed record Layer(
        NodeImport Node,
        RecurrentCell Cell,
        int Gates,
        int Hidden,
        int Directions,
        int Batch,
        Activation Input,
        Constant Weights,
        Constant Recurrence,
        ImmutableArray<string> Default
    )
    {
        private int Values => Gates * Hidden;

        /// <summary>A direction of each sequence.</summary>
        public Activation[] Direction(int direction, bool reverse, bool cells = false)
        {
            var bias = Part(3, "bias", 2 * Values, direction);
            var functions = Functions(direction);
            var resets = Cell == RecurrentCell.Gru && Node.Int("linear_before_reset", 0) != 0;
            var sums = new float[Values];
            for (var v = 0; v < Values; v++)
                sums[v] = bias[v] + (resets && v >= 2 * Hidden ? 0 : bias[Values + v]);
            var (clip, cellClip) = (Node.Float("clip", 0), Node.Float("cell_clip", 0));
            var op = new Recurrent
            {
                Cell = Cell,
                Weights = Matrix([Values, Hidden], Recurrence, direction),
                Initial = [],
                Extra = Cell switch
                {
                    RecurrentCell.Lstm => [.. Part(7, "peepholes", 3 * Hidden, direction)],
                    RecurrentCell.Gru => resets ? [.. bias[(Values + 2 * Hidden)..]] : [.. new float[Hidden]],
                    _ => [],
                },
                Clip = clip > 0 ? clip : float.MaxValue,
                CellLimit = cellClip > 0 ? cellClip : float.MaxValue,
                Gate = functions[0],
                Candidate = functions.ElementAtOrDefault(1),
                Result = functions.ElementAtOrDefault(2),
                Alpha = Number("activation_alpha", HardSigmoidAlpha),
                Beta = Number("activation_beta", HardSigmoidBeta),
                Reverse = reverse,
                GivesCells = cells,
                LastOnly = cells,
                CoupledGates = Cell == RecurrentCell.Lstm && Node.Int("input_forget", 0) != 0,
                ResetsProduct = resets,
            };
            var features = new Conv2D
            {
                Weights = Matrix([Values, 1, 1, Input.Type.Shape.Channels], Weights, direction),
                Bias = Tensor([Values], sums),
                Window = new() { KernelHeight = 1, KernelWidth = 1 },
            };
            var shape = features.InferShape([Input.Type.Shape]);
            var values = Node.Emit(features, AxisOrder.Of("HWC", shape), Input.Type with { Shape = shape }, Input);
            return
            [
                .. Enumerable
                    .Range(0, Batch)
                    .Select(s => Node.Emit(op with { Initial = Initial(direction, s) }, "HWC", Sequence(values, s))),
            ];
        }

        private Activation Sequence(Activation values, int sequence) =>
            Batch == 1
                ? values
                : Node.Emit(
                    new SelectPixels { RowSource = [.. Enumerable.Range(0, values.Type.Shape.Height)], ColumnSource = [sequence] },
                    "HWC",
                    values
                );

        /// <summary>Hidden values and cells before the first row of a sequence.</summary>
        private ImmutableArray<float> Initial(int direction, int sequence)
        {
            return [.. Of(5, "initial_h"), .. Cell == RecurrentCell.Lstm ? Of(6, "initial_c") : []];

            float[] Of(int operand, string role)
            {
                var at = Node.Int("layout", 0) != 0 ? sequence * Directions + direction : direction * Batch + sequence;
                return Part(operand, role, Batch * Hidden, 0, whole: true)[(at * Hidden)..((at + 1) * Hidden)];
            }
        }

        /// <summary>The numbers of a direction of an operand; zeros where the node lacks it.</summary>
        /// <param name="whole">Whether those of all directions are meant.</param>
        private float[] Part(int operand, string role, int count, int direction, bool whole = false)
        {
            if (!Node.Has(operand))
                return new float[whole ? Directions * count : count];
            var constant = Node.Constant(operand, role).Dequantized();
            return constant.Count == Directions * count
                ? whole
                    ? [.. constant.Reals()]
                    : Slice(constant, direction)
                : throw Node.BadDims(constant, $"{Directions} x {count} numbers are needed.");
        }

        /// <summary>Weights of a direction, kept as the model keeps them.</summary>
        private ConstantTensor Matrix(ImmutableArray<int> dims, Constant constant, int direction) =>
            Tensor(dims, Slice(constant, direction)) with
            {
                Form = constant.IsFloat16
                    ? CompactForm.Float16
                    : constant
                        .Origin?.Moved((data, size) => data.Slice(direction * data.Length / Directions, data.Length / Directions))
                        .Form(Values),
            };

        private float[] Slice(Constant constant, int direction)
        {
            var numbers = constant.Reals();
            var count = numbers.Length / Directions;
            return [.. numbers.AsSpan(direction * count, count)];
        }

        private ImmutableArray<RecurrentFunction> Functions(int direction)
        {
            var names = Node.Attribute("activations")?.Texts ?? [.. Enumerable.Repeat(Default, Directions).SelectMany(d => d)];
            if (names.Length != Directions * Default.Length)
                throw Node.Unsupported("activations", string.Join(", ", names), $"{Directions * Default.Length} are needed.");
            return
            [
                .. names
                    .Skip(direction * Default.Length)
                    .Take(Default.Length)
                    .Select(name =>
                        Enum.TryParse<RecurrentFunction>(name, ignoreCase: true, out var function) && function != RecurrentFunction.Identity
                            ? function
                            : throw Node.Unsupported("activations", name, "Sigmoid, Tanh, Relu and HardSigmoid are supported.")
                    ),
            ];
        }

        /// <summary>The constant of the functions that have one; all must have the same.</summary>
        private float Number(string attribute, float otherwise) =>
            (Node.Attribute(attribute)?.Floats ?? []).Distinct().ToArray() switch
            {
                [] => otherwise,
                [var one] => one,
                var several => throw Node.Unsupported(attribute, string.Join(", ", several), "One number for all functions is supported."),
            };

        private static ConstantTensor Tensor(ImmutableArray<int> dims, float[] values) =>
            new(dims, ElementType.Float32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [1], [0]);
    }
}
