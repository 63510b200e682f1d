using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Quantization;

namespace McuNet.Quantization;

/// <summary>
/// Widens the range of a sum by the least share with which the addition has an integer form. Among 65,536 pairs of int8 values some sums fall so close
/// to a tie that only float32 arithmetic rounds them as the numeric contract asks; a slightly different scale moves them away.
/// </summary>
internal static class SumRanges
{
    private const int Tries = 32;
    private const float Share = 1f / 2048;

    private static readonly TensorShape One = new(1, 1, 1);

    public static ImmutableDictionary<string, ValueRange> Widened(FloatModel model, ImmutableDictionary<string, ValueRange> ranges)
    {
        foreach (var node in model.Model.Graph.Nodes.Where(n => n is { Domain: "", Operator: "Add", Inputs.Length: 2 }))
        {
            if (ranges.TryGetValue(node.Outputs[0], out var range))
                ranges = Widened(model, ranges, node, range);
        }
        return ranges;
    }

    private static ImmutableDictionary<string, ValueRange> Widened(FloatModel model, ImmutableDictionary<string, ValueRange> ranges, OnnxNode node, ValueRange range)
    {
        for (var i = 0; i < Tries; i++)
        {
            var factor = 1 + i * Share;
            var wider = ranges.SetItem(node.Outputs[0], new(range.Min * factor, range.Max * factor));
            var types = node.Inputs.Append(node.Outputs[0]).Select(t => TypeOf(model, wider, t)).ToArray();
            if (types.Any(t => t is null))
                return ranges;
            if (new Add().HasIntegerForm(new([types[0]!, types[1]!], types[2]!)))
                return wider;
        }
        return ranges;
    }

    private static TensorType? TypeOf(FloatModel model, ImmutableDictionary<string, ValueRange> ranges, string tensor) =>
        TensorSteps.Int8Of(model, ranges, tensor) is var (scale, zero) ? new(One, ElementType.Int8, new QuantizationParameters(scale, zero)) : null;
}
