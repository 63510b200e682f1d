using System;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>y = factor x + shift, one of each for the tensor or for each channel.</summary>
internal sealed record ChannelAffine(double[] Factors, double[] Shifts)
{
    private const float DefaultEpsilon = 1e-5f;

    public int Count => Math.Max(Factors.Length, Shifts.Length);

    public double Factor(int channel) => Factors[Factors.Length == 1 ? 0 : channel];

    public double Shift(int channel) => Shifts[Shifts.Length == 1 ? 0 : channel];

    public bool HasShift => Shifts.Any(s => s != 0);

    /// <summary>This first, then <paramref name="next"/>.</summary>
    public ChannelAffine Then(ChannelAffine next)
    {
        var channels = Enumerable.Range(0, Math.Max(Count, next.Count)).ToArray();
        return new(
            [.. channels.Select(c => Factor(c) * next.Factor(c))],
            [.. channels.Select(c => Shift(c) * next.Factor(c) + next.Shift(c))]
        );
    }

    /// <summary>What a node does to its only operand that is not constant, or null where that is something else.</summary>
    public static (string Operand, ChannelAffine Function)? Of(OnnxEditor editor, OnnxNode node)
    {
        if (node.Operator == "BatchNormalization")
            return node.Outputs.Skip(1).All(o => o.Length == 0) && Normalization(editor, node) is { } f ? (node.Inputs[0], f) : null;
        if (node.Operator is not ("Add" or "Sub" or "Mul" or "Div") || node.Inputs.Length != 2)
            return null;
        var constant = editor.Constant(node.Inputs[1]) is not null ? 1 : 0;
        var operand = node.Inputs[1 - constant];
        if (editor.Constant(operand) is not null || PerChannel(editor, node.Inputs[constant], operand) is not { } values)
            return null;
        return (node.Operator, constant) switch
        {
            ("Add", _) => (operand, new([1], values)),
            ("Sub", 1) => (operand, new([1], [.. values.Select(v => -v)])),
            ("Sub", _) => (operand, new([-1], values)),
            ("Mul", _) => (operand, new(values, [0])),
            ("Div", 1) when values.All(v => v != 0) => (operand, new([.. values.Select(v => 1 / v)], [0])),
            _ => null,
        };
    }

    private static ChannelAffine? Normalization(OnnxEditor editor, OnnxNode node)
    {
        var parameters = node.Inputs.Skip(1).Select(editor.Reals).ToArray();
        if (parameters is not [{ } scale, { } bias, { } mean, { } variance])
            return null;
        var epsilon = node.Attribute("epsilon")?.Float ?? DefaultEpsilon;
        double[] factors = [.. scale.Zip(variance, (s, v) => s / Math.Sqrt((double)v + epsilon))];
        return new(factors, [.. factors.Select((f, c) => bias[c] - mean[c] * f)]);
    }

    /// <summary>A constant that varies along the channels (dimension 1 of the operand) at most.</summary>
    private static double[]? PerChannel(OnnxEditor editor, string constant, string operand)
    {
        if (editor.Constant(constant) is not { } tensor || editor.Reals(constant) is not { Length: > 0 } values)
            return null;
        if (values.Length == 1)
            return [values[0]];
        var rank = TensorFacts.Rank(editor, operand);
        var skipped = rank - tensor.Dims.Length;
        return rank >= 2 && skipped >= 0 && tensor.Dims.Select((d, i) => d == 1 || skipped + i == 1).All(fits => fits)
            ? [.. values.Select(v => (double)v)]
            : null;
    }
}
