using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Normalisations: by constants, or by what the values themselves are.</summary>
internal static class NormalizationRows
{
    /// <summary>A weight of one, in steps so fine that a bias in units of them is within 1/128 of an input step.</summary>
    private const sbyte One = 64;

    /// <summary>The square of what MeanVarianceNormalization adds to the deviation.</summary>
    private const float LeastVariance = 1e-18f;

    /// <summary>By constants that a training found: a factor and an addend for each channel.</summary>
    public static void Batch(NodeImport node)
    {
        var (input, channels) = Image(node);
        if (node.Int("training_mode", 0) != 0)
        {
            ByItself(node, input, channels);
            return;
        }

        if (Enumerable.Range(1, node.OutputCount - 1).FirstOrDefault(o => node.ForOutput(o).IsNamed) is > 0 and var further)
            throw node.Unsupported("output", further, "It is one of a training, which training_mode = 1 asks for.");

        var (scale, offset, mean, variance) = (
            Reals(node, 1, channels),
            Reals(node, 2, channels),
            Reals(node, 3, channels),
            Reals(node, 4, channels)
        );
        var epsilon = node.Float("epsilon", 1e-5f);
        double[] factors = [.. scale.Select((s, c) => s / Math.Sqrt(variance[c] + (double)epsilon))];
        if (factors.Any(f => !double.IsFinite(f)))
            throw node.Unsupported("variance", variance.Min(), "It must be positive.");
        float[] bias = [.. factors.Select((f, c) => (float)(offset[c] - mean[c] * f))];
        var op = new DepthwiseConv2D
        {
            Weights = new(
                [1, 1, channels],
                ElementType.Int8,
                [.. factors.Select(f => (byte)(Math.Sign(f) * One))],
                [.. factors.Select(f => f == 0 ? 1f / One : (float)(Math.Abs(f) / One))],
                [0]
            ),
            Bias = new([channels], ElementType.Float32, [.. MemoryMarshal.AsBytes(bias.AsSpan())], [1], [0]),
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
        };
        node.Return(node.Emit(op, input.Axes, input.Type, input));
    }

    /// <summary>By the mean and the variance of each channel itself, as in a training: both go into running ones, which are results
    /// too.</summary>
    private static void ByItself(NodeImport node, Activation input, int channels)
    {
        var op = new Normalization
        {
            OverPixels = true,
            Groups = channels,
            Epsilon = node.Float("epsilon", 1e-5f),
            Gain = Channels([.. Reals(node, 1, channels)]),
            Offset = Channels([.. Reals(node, 2, channels)]),
        };
        node.Return(node.Emit(op, input.Axes, input.Type, input));
        var momentum = node.Float("momentum", 0.9f);
        var pixels = new Mean { OverHeight = true, OverWidth = true };
        var mean = Averaged(node.Step("mean"), input);
        Running(1, 3, mean);
        var centred = node.Step("centred").Emit(new Elementwise { Function = ElementFunction.Sub }, input.Axes, input.Type, input, mean);
        Running(2, 4, Averaged(node.Step("variance"), LookupRows.Emit(node.Step("squares"), new UnaryFunction.Power(2), centred)));

        Activation Averaged(NodeImport step, Activation value)
        {
            var shape = pixels.InferShape([value.Type.Shape]);
            return step.Emit(pixels, AxisOrder.Of("C", shape), value.Type with { Shape = shape }, value);
        }

        void Running(int output, int operand, Activation own)
        {
            if (output >= node.OutputCount || node.ForOutput(output) is not { IsNamed: true } result)
                return;
            var old = Channels([.. Reals(node, operand, channels).Select(v => v * momentum)]);
            result.Return(
                result.Emit(
                    new Elementwise { Function = ElementFunction.Add, Constant = old },
                    own.Axes,
                    own.Type,
                    LookupRows.Emit(result.Step("own"), new UnaryFunction.Scale(1 - momentum), own)
                )
            );
        }
    }

    /// <summary>Less their mean, over their deviation, over some dimensions.</summary>
    public static void MeanVariance(NodeImport node)
    {
        var value = node.Activation(0);
        var rank = value.Axes.Rank;
        ImmutableArray<int> axes = [.. (node.Ints("axes") ?? [0, 2, 3]).Select(a => node.Axis(a, rank)).Distinct().Order()];
        var grouped = node.Layout.Grouped(value, [.. Enumerable.Range(0, rank).Except(axes)], [], axes);
        var ones = Channels([.. Enumerable.Repeat(1f, grouped.Type.Shape.Channels)]);
        var op = new Normalization
        {
            OverPixels = false,
            Gain = ones,
            Offset = Zeros(ones),
            Epsilon = LeastVariance,
        };
        node.Return(node.Emit(op, grouped.Axes, grouped.Type, grouped));
    }

    /// <summary>Over the root of the mean square of the last dimensions.</summary>
    public static void RootMeanSquare(NodeImport node)
    {
        var given = node.Activation(0);
        var rank = given.Axes.Rank;
        var axis = node.Axis(node.Int("axis", -1), rank);
        var rows = axis == rank - 1 ? node.Layout.AsChannels(given, axis) : Rows(node, given, axis);
        var gain = node.Constant(1, "scale").Dequantized();
        if (gain.Count != 1 && gain.Count != rows.Type.Shape.Channels)
            throw node.BadDims(gain, $"one number, or one for each of [{string.Join(", ", given.Dims.Skip(axis))}], is needed.");
        var over = new Reduce { Function = ReduceFunction.Mean, OverChannels = true };
        var axes = rows.Axes.Without([.. Enumerable.Range(axis, rank - axis)], keep: true);
        var squares = LookupRows.Emit(node.Step("squares"), new UnaryFunction.Power(2), rows);
        var mean = node.Step("mean").Emit(over, axes, rows.Type with { Shape = over.InferShape([rows.Type.Shape]) }, squares);
        var spread = LookupRows.Emit(node.Step("spread"), new UnaryFunction.Shift(node.Float("epsilon", 1e-5f)), mean);
        var root = LookupRows.Emit(node.Step("root"), new UnaryFunction.Sqrt(), spread);
        var scaled = node.Step("scaled").Emit(new Elementwise { Function = ElementFunction.Div }, rows.Axes, rows.Type, rows, root);
        var factor = new Elementwise
        {
            Function = ElementFunction.Mul,
            Constant = Channels([.. gain.Reals()]),
            ConstantFirst = true,
        };
        node.Return(node.Emit(factor, rows.Axes, rows.Type, scaled));
    }

    /// <summary>By the mean and the deviation of the last dimensions, which are results too.</summary>
    public static void Layer(NodeImport node)
    {
        var value = node.Activation(0);
        var rank = value.Axes.Rank;
        var axis = node.Axis(node.Int("axis", -1), rank);
        if (Enumerable.Range(1, 2).Any(i => node.Has(i) && !node.IsConstant(i)))
        {
            var rows = Rows(node, value, axis);
            Moments(node, rows, axis);
            node.Return(Scaled(node, rows));
            return;
        }

        var others = string.Concat(value.Axes.Terms.Take(axis));
        if (others.Length > 0 && axis == rank - 1)
            value = node.Layout.AsChannels(value, axis);
        else if (others.Length > 0)
            value = Rows(node, value, axis);
        var normalized = string.Concat(value.Axes.Terms.Skip(axis));
        var count = Limits.Product([.. value.Dims.Skip(axis)]);
        var whole = others.Length == 0 && normalized != "C";
        var gain = Parameter(1, "scale");
        var offset = node.Has(2) ? Parameter(2, "bias") : Zeros(gain);
        Moments(node, value, axis);
        var op = new Normalization
        {
            OverPixels = whole,
            Gain = gain,
            Offset = offset,
            Epsilon = node.Float("epsilon", 1e-5f),
        };
        node.Return(node.Emit(op, value.Axes, value.Type, value));

        ConstantTensor Parameter(int operand, string role)
        {
            var constant = node.Constant(operand, role).Dequantized();
            return constant.Count != count
                    ? throw node.BadDims(constant, $"scale and bias must be [{string.Join(", ", value.Dims.Skip(axis))}].")
                : whole ? OperandRows.Map(node, value, constant)
                : Channels([.. constant.Reals()]);
        }
    }

    /// <summary>The channels of each row normalised, times operand 1 and plus operand 2, of which the network computes one at
    /// least.</summary>
    private static Activation Scaled(NodeImport node, Activation rows)
    {
        var ones = Channels([.. Enumerable.Repeat(1f, rows.Type.Shape.Channels)]);
        var op = new Normalization
        {
            OverPixels = false,
            Gain = ones,
            Offset = Zeros(ones),
            Epsilon = node.Float("epsilon", 1e-5f),
        };
        var result = With(
            node.Has(2) ? node.Step("scaled") : node,
            1,
            ElementFunction.Mul,
            node.Step("normalized").Emit(op, rows.Axes, rows.Type, rows)
        );
        return node.Has(2) ? With(node, 2, ElementFunction.Add, result) : result;

        Activation With(NodeImport place, int operand, ElementFunction function, Activation value)
        {
            var given = node.Value(operand);
            if (Limits.Product([.. given.Dims]) != rows.Type.Shape.Channels)
                throw node.BadDims(given, $"{rows.Type.Shape.Channels} numbers are needed.");
            if (node.IsConstant(operand))
            {
                var constant = Channels([.. node.Constant(operand, "parameter").Numbers()]);
                return place.Emit(new Elementwise { Function = function, Constant = constant }, rows.Axes, rows.Type, value);
            }

            var parameter = node.Activation(operand);
            var vector = place.Layout.Grouped(parameter, [], [], [.. Enumerable.Range(0, parameter.Axes.Rank)]);
            return place.Emit(new Elementwise { Function = function }, rows.Axes, rows.Type, value, vector);
        }
    }

    /// <summary>The mean of a LayerNormalization and one over its deviation, where the node gives them.</summary>
    private static void Moments(NodeImport node, Activation value, int axis)
    {
        var results = new[] { 1, 2 }.Where(o => o < node.OutputCount).Select(node.ForOutput).Where(n => n.IsNamed).ToArray();
        if (results.Length == 0)
            return;
        var rows = Rows(node.Step("rows"), value, axis);
        var axes = rows.Axes.Without([.. Enumerable.Range(axis, rows.Axes.Rank - axis)], keep: true);
        var over = new Reduce { Function = ReduceFunction.Mean, OverChannels = true };
        var type = rows.Type with { Shape = over.InferShape([rows.Type.Shape]) };
        var mean = (node.ForOutput(1).IsNamed ? node.ForOutput(1) : node.Step("mean")).Emit(over, axes, type, rows);
        if (node.ForOutput(1).IsNamed)
            node.ForOutput(1).Return(mean);
        if (node.OutputCount < 3 || node.ForOutput(2) is not { IsNamed: true } inverse)
            return;
        var centred = inverse.Step("centred").Emit(new Elementwise { Function = ElementFunction.Sub }, rows.Axes, rows.Type, rows, mean);
        var squares = LookupRows.Emit(inverse.Step("squares"), new UnaryFunction.Power(2), centred);
        var variance = inverse.Step("variance").Emit(over, axes, type, squares);
        var spread = LookupRows.Emit(inverse.Step("spread"), new UnaryFunction.Shift(node.Float("epsilon", 1e-5f)), variance);
        inverse.Return(
            LookupRows.Emit(
                inverse,
                new UnaryFunction.Quotient(1),
                LookupRows.Emit(inverse.Step("deviation"), new UnaryFunction.Sqrt(), spread)
            )
        );
    }

    /// <summary>The dimensions from one on as channels, those before it as rows.</summary>
    private static Activation Rows(NodeImport node, Activation value, int axis) =>
        node.Layout.Grouped(value, [.. Enumerable.Range(0, axis)], [], [.. Enumerable.Range(axis, value.Axes.Rank - axis)]);

    /// <summary>By the mean and the deviation of each channel.</summary>
    public static void Instance(NodeImport node) => OfChannels(node, c => c, perGroup: false);

    /// <summary>By the mean and the deviation of runs of channels. Before opset 21 a run has one scale.</summary>
    public static void Group(NodeImport node) => OfChannels(node, _ => node.Int("num_groups", 0), node.Opset is > 0 and < 21);

    private static void OfChannels(NodeImport node, Func<int, int> groupsOf, bool perGroup)
    {
        var value = node.Activation(0);
        var (batch, own) =
            value.Axes.Rank > 2
                ? (value.Dims[0], value.Dims[1])
                : throw node.BadDims(value, "it takes [N, C] and at least one dimension more.");
        var input = batch == 1 && value.Axes.Rank <= 4 ? node.Arrange(value, Windows.Axes(node, value)) : Pixels(node, value, [0, 1]);
        var groups = groupsOf(own);
        if (groups < 1 || own % groups != 0)
            throw node.Unsupported("num_groups", groups, $"It must divide the {own} channels.");
        var repeats = perGroup ? own / groups : 1;
        var op = new Normalization
        {
            OverPixels = true,
            Groups = groups * batch,
            Gain = Parameter(1),
            Offset = Parameter(2),
            Epsilon = node.Float("epsilon", 1e-5f),
        };
        node.Return(node.Emit(op, input.Axes, input.Type, input));

        ConstantTensor Parameter(int operand)
        {
            float[] values = [.. Reals(node, operand, own / repeats).SelectMany(v => Enumerable.Repeat(v, repeats))];
            return Channels([.. Enumerable.Repeat(values, batch).SelectMany(v => v)]);
        }
    }

    /// <summary>The operand of a BatchNormalization with its channels on the channels, and how many they are.</summary>
    private static (Activation Input, int Channels) Image(NodeImport node)
    {
        var value = node.Activation(0);
        if (value.Axes.Rank < 2)
            throw node.BadDims(value, "it takes two dimensions at least.");
        var input =
            value.Dims[0] == 1 && value.Axes.Rank <= 4
                ? node.Arrange(value, AxisOrder.ChannelsFirst(value.Axes.Rank))
                : Pixels(node, value, [1]);
        return (input, input.Type.Shape.Channels);
    }

    /// <summary>Some of the first two dimensions as channels, the last as columns, all others as rows.</summary>
    private static Activation Pixels(NodeImport node, Activation value, ImmutableArray<int> channels)
    {
        ImmutableArray<int> others = [.. Enumerable.Range(0, value.Axes.Rank).Except(channels)];
        return others.Length < 2
            ? node.Layout.Grouped(value, others, [], channels)
            : node.Layout.Grouped(value, others[..^1], others[^1..], channels);
    }

    /// <summary>A number for each channel.</summary>
    private static ConstantTensor Channels(float[] values) =>
        new([1, 1, values.Length], ElementType.Float32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [1], [0]);

    private static ConstantTensor Zeros(ConstantTensor like) => like with { Data = [.. new byte[like.Data.Length]] };

    private static ImmutableArray<float> Reals(NodeImport node, int operand, int channels)
    {
        var constant = node.Constant(operand, "parameter").Dequantized();
        return constant.Count == channels
            ? constant.Reals()
            : throw node.BadDims(constant, $"one number for each of {channels} channels is needed.");
    }
}
