using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Quantization;

namespace McuNet.Execution.Quantization;

/// <summary>
/// Widens the range of a sum by the least share with which no sum of integers falls so close to a tie that float32 arithmetic decides: of
/// an addition, whose 65,536 pairs then have an integer form, and of a linear resize, whose sums then round as in ONNX Runtime. A slightly
/// different scale moves them away.
/// </summary>
public static class SumRanges
{
    private const int Tries = 32;
    private const float Share = 1f / 2048;

    /// <summary>
    /// What float32 may add to a result between 0 and 255 steps until it is rounded, in steps: four roundings of half a unit in the last
    /// place.
    /// </summary>
    private const double Float32Steps = 4 * 255 / (double)(1 << 24);

    private static readonly TensorShape One = new(1, 1, 1);

    public static ImmutableDictionary<string, ValueRange> Widened(UnquantizedModel network, ImmutableDictionary<string, ValueRange> ranges)
    {
        var (model, graph) = (network.Model, network.Graph);
        // By the tensor that they write.
        var resizes = graph
            .Nodes.Where(n => n.Operator is ResizeLinear)
            .ToDictionary(n => graph[n.Output].Name, n => (ResizeLinear)n.Operator);
        foreach (var node in model.Model.Graph.Nodes.Where(n => n.Domain.Length == 0))
        {
            var sum = QdqModel.End(model, node.Outputs[0]);
            if (!ranges.ContainsKey(sum))
                continue;
            if (node is { Operator: "Add", Inputs.Length: 2 })
                ranges = Widened(model, ranges, [.. node.Inputs], sum, types => new Add().HasIntegerForm(types) ? 1 : 0, 1);
            else if (resizes.TryGetValue(node.Outputs[0], out var resize))
                ranges = Widened(model, ranges, [node.Inputs[0]], sum, resize.TieDistance, Float32Steps);
        }
        return ranges;
    }

    /// <summary>
    /// With the first of the ranges of a sum that is as good as asked for; where none is, the best of them if that is better than nothing.
    /// </summary>
    /// <param name="quality">Of the types of operands and sum, the more the better.</param>
    private static ImmutableDictionary<string, ValueRange> Widened(
        FloatModel model,
        ImmutableDictionary<string, ValueRange> ranges,
        string[] operands,
        string sum,
        Func<NodeTypes, double> quality,
        double enough
    )
    {
        var (best, most, range) = (ranges, 0.0, ranges[sum]);
        for (var i = 0; i < Tries && most < enough; i++)
        {
            var factor = 1 + i * Share;
            var wider = ranges.SetItem(sum, new(range.Min * factor, range.Max * factor));
            var types = operands.Append(sum).Select(t => TypeOf(model, wider, t)).ToArray();
            if (types.Any(t => t is null))
                return ranges;
            if (quality(new([.. types[..^1]!], types[^1]!)) is var found && found > most)
                (best, most) = (wider, found);
        }
        return best;
    }

    private static TensorType? TypeOf(FloatModel model, ImmutableDictionary<string, ValueRange> ranges, string tensor) =>
        TensorSteps.Int8Of(model, ranges, tensor) is var (scale, zero)
            ? new(One, ElementType.Int8, new QuantizationParameters(scale, zero))
            : null;
}
