using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.Rows;

/// <summary>Normalisations: by constants, or by what the values themselves are.</summary>
internal static class NormalizationRows
{
    /// <summary>A weight of one, in steps so fine that a bias in units of them is within 1/128 of an input step.</summary>
    private const sbyte One = 64;

    /// <summary>By constants that a training found: a factor and an addend for each channel.</summary>
    public static void Batch(NodeImport node)
    {
        if (node.Int("training_mode", 0) != 0)
            throw node.Unsupported("training_mode", 1, "Export the model in inference mode.");
        var value = node.Activation(0);
        var axes = AxisOrder.ChannelsFirst(value.Axes.Rank);
        var input = value.Axes.Rank is 2 or 3 or 4 ? node.Arrange(value, axes) : throw node.BadDims(value, "it takes 2 to 4 dimensions.");
        var channels = input.Type.Shape.Channels;
        var (scale, offset, mean, variance) = (Reals(node, 1, channels), Reals(node, 2, channels), Reals(node, 3, channels), Reals(node, 4, channels));
        var epsilon = node.Float("epsilon", 1e-5f);
        double[] factors = [.. scale.Select((s, c) => s / Math.Sqrt(variance[c] + (double)epsilon))];
        if (factors.Any(f => !double.IsFinite(f)))
            throw node.Unsupported("variance", variance.Min(), "It must be positive.");
        float[] bias = [.. factors.Select((f, c) => (float)(offset[c] - mean[c] * f))];
        var op = new DepthwiseConv2D
        {
            Weights = new(
                [1, 1, channels], ElementType.Int8, [.. factors.Select(f => (byte)(Math.Sign(f) * One))],
                [.. factors.Select(f => f == 0 ? 1f / One : (float)(Math.Abs(f) / One))], [0]),
            Bias = new([channels], ElementType.Float32, [.. MemoryMarshal.AsBytes(bias.AsSpan())], [1], [0]),
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
        };
        node.Return(node.Emit(op, input.Axes, input.Type, input));
    }

    /// <summary>By the mean and the deviation of the last dimensions.</summary>
    public static void Layer(NodeImport node)
    {
        var value = node.Activation(0);
        var rank = value.Axes.Rank;
        var axis = node.Axis(node.Int("axis", -1), rank);
        var others = string.Concat(value.Axes.Terms.Take(axis));
        var normalized = string.Concat(value.Axes.Terms.Skip(axis));
        if (others.Length > 0 && normalized != "C" && axis == rank - 1 && rank is 2 or 3 or 4)
            (value, normalized) = (node.Arrange(value, rank switch { 2 => "HC", 3 => "-HC", _ => "-HWC" }), "C");
        if (others.Length > 0 && normalized != "C")
            throw node.Unsupported("axis", axis, "The last dimension can be normalised, or all of them.");
        var gain = OperandRows.Map(node, value, node.Constant(1, "scale").Dequantized());
        var offset = node.Has(2) ? OperandRows.Map(node, value, node.Constant(2, "bias").Dequantized()) : Zeros(gain);
        if (gain.Count != Limits.Product([.. value.Dims.Skip(axis)]) || offset.Count != gain.Count)
            throw node.BadDims(node.Constant(1, "scale"), $"scale and bias must be [{string.Join(", ", value.Dims.Skip(axis))}].");
        var whole = others.Length == 0 && normalized != "C";
        var op = new Normalization { OverPixels = whole, Gain = gain, Offset = offset, Epsilon = node.Float("epsilon", 1e-5f) };
        node.Return(node.Emit(op, value.Axes, value.Type, value));
    }

    /// <summary>By the mean and the deviation of each channel.</summary>
    public static void Instance(NodeImport node) => OfChannels(node, c => c, perGroup: false);

    /// <summary>By the mean and the deviation of runs of channels. Before opset 21 a run has one scale.</summary>
    public static void Group(NodeImport node) => OfChannels(node, _ => node.Int("num_groups", 0), node.Opset is > 0 and < 21);

    private static void OfChannels(NodeImport node, Func<int, int> groupsOf, bool perGroup)
    {
        var value = node.Activation(0);
        var input = node.Arrange(value, Windows.Axes(node, value));
        var channels = input.Type.Shape.Channels;
        var groups = groupsOf(channels);
        if (groups < 1 || channels % groups != 0)
            throw node.Unsupported("num_groups", groups, $"It must divide the {channels} channels.");
        var repeats = perGroup ? channels / groups : 1;
        var op = new Normalization { OverPixels = true, Groups = groups, Gain = Channels(1), Offset = Channels(2), Epsilon = node.Float("epsilon", 1e-5f) };
        node.Return(node.Emit(op, input.Axes, input.Type, input));

        ConstantTensor Channels(int operand)
        {
            float[] values = [.. Reals(node, operand, channels / repeats).SelectMany(v => Enumerable.Repeat(v, repeats))];
            return new([1, 1, channels], ElementType.Float32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [1], [0]);
        }
    }

    private static ConstantTensor Zeros(ConstantTensor like) => like with { Data = [.. new byte[like.Data.Length]] };

    private static ImmutableArray<float> Reals(NodeImport node, int operand, int channels)
    {
        var constant = node.Constant(operand, "parameter").Dequantized();
        return constant.Count == channels ? constant.Reals() : throw node.BadDims(constant, $"one number for each of {channels} channels is needed.");
    }
}
