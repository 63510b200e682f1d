using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Quantization;

/// <summary>Writes a quantised model node by node.</summary>
internal sealed class QdqBuilder(
    FloatModel model,
    IReadOnlyDictionary<string, ValueRange> ranges,
    QuantizationOptions options,
    IReadOnlyDictionary<string, ImmutableArray<float>> corrections
)
{
    /// <summary>QuantizeLinear of ONNX itself takes int16 from opset 21 on only.</summary>
    private const string SixteenBitDomain = "com.microsoft";

    private readonly OnnxGraph _graph = model.Model.Graph;
    private readonly Dictionary<string, OnnxTensor> _constants = model.Model.Graph.Initializers.ToDictionary(t => t.Name);
    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, OnnxTensor> _written = [];

    public OnnxModel Build()
    {
        foreach (var input in _graph.Inputs)
            Round(input.Name);
        foreach (var node in _graph.Nodes)
            Add(node);
        var read = _nodes.SelectMany(n => n.Inputs).ToHashSet();
        var kept = _graph.Initializers.Where(t => read.Contains(t.Name));
        return model.Model with
        {
            Opsets = _nodes.Any(n => n.Domain == SixteenBitDomain) ? WithSixteenBits() : model.Model.Opsets,
            Graph = _graph with { Nodes = [.. _nodes], Initializers = [.. kept, .. _written.Values], Values = [] },
        };
    }

    private ImmutableArray<OnnxOpset> WithSixteenBits() =>
        [.. model.Model.Opsets.Where(o => o.Domain != SixteenBitDomain), new(SixteenBitDomain, 1)];

    private void Add(OnnxNode node)
    {
        var inputs = node.Inputs.Select(i => IsRounded(i) ? QdqModel.Rounded(model, i) : i).ToImmutableArray();
        if (IsRecurrent(node) && node.Outputs.Any(o => o.Length > 0 && IsRounded(o)))
            inputs = [.. inputs.Select((input, i) => i is 1 or 2 && IsReal(input) ? Gates(node, i) : input)];
        else if (IsWeighted(node) && IsRounded(QdqModel.End(model, node.Outputs[0])) && StepsOf(node.Inputs[0]) is { } steps)
            inputs = WeightedInputs(node, inputs[0], steps);
        _nodes.Add(node with { Inputs = inputs, Outputs = [.. node.Outputs.Select(o => IsRounded(o) ? QdqModel.Unrounded(model, o) : o)] });
        foreach (var output in node.Outputs.Where(o => o.Length > 0))
            Round(output);
    }

    private bool IsWeighted(OnnxNode node) =>
        node.Operator is "Conv" or "ConvTranspose" or "Gemm" or "MatMul" && IsReal(node.Inputs[1]) && node.Inputs.Skip(2).All(IsReal);

    private static bool IsRecurrent(OnnxNode node) => node.Operator is "LSTM" or "GRU" or "RNN" && node.Domain.Length == 0;

    private bool IsReal(string value) => _constants.GetValueOrDefault(value) is { Type: OnnxType.Float };

    private ActivationFormat FormatOf(string tensor) => QdqModel.FormatOf(model, options, tensor);

    private bool IsRounded(string tensor) => FormatOf(tensor) != ActivationFormat.Real;

    private void Round(string tensor)
    {
        if (!IsRounded(tensor) || StepsOf(tensor) is not { } steps)
            return;
        var isWide = steps.Type == OnnxType.Int16;
        var domain = isWide ? SixteenBitDomain : "";
        var scale = Write<float>(tensor + "_scale", OnnxType.Float, [], [steps.Scale]);
        var zero = isWide
            ? Write<short>(tensor + "_zero", steps.Type, [], [(short)steps.ZeroPoint])
            : Write<byte>(tensor + "_zero", steps.Type, [], [unchecked((byte)steps.ZeroPoint)]);
        var (real, rounded, quantized) = (QdqModel.Unrounded(model, tensor), QdqModel.Rounded(model, tensor), model.Free(tensor + "_q"));
        _nodes.Add(new(model.Free(tensor + "_QuantizeLinear"), "QuantizeLinear", domain, [real, scale, zero], [quantized], []));
        _nodes.Add(new(model.Free(tensor + "_DequantizeLinear"), "DequantizeLinear", domain, [quantized, scale, zero], [rounded], []));
    }

    /// <summary>Scale and zero point of a tensor; those of a byte where it stays real, for the bias of a layer that reads it.</summary>
    private StepQuantization? StepsOf(string tensor) =>
        TensorSteps.Of(
            model,
            ranges,
            FormatOf(tensor) == ActivationFormat.Int16 ? OnnxType.Int16
                : options.Unsigned ? OnnxType.UInt8
                : OnnxType.Int8,
            tensor
        );

    private ImmutableArray<string> WeightedInputs(OnnxNode node, string operand, StepQuantization input)
    {
        var (output, weights) = (node.Outputs[0], _constants[node.Inputs[1]]);
        var axis = node.Operator is "MatMul" or "ConvTranspose" ? 1 : 0;
        RequireWeights(node, weights, LinearForm.ChannelsOf(node, weights));
        var bias = node.Inputs.Length > 2 ? Corrected(output, Reals(_constants[node.Inputs[2]])) : null;
        var count = node.Operator == "ConvTranspose" && LinearForm.GroupsOf(node) > 1 ? 1 : (int)weights.Dims[axis];
        var quantized = WeightQuantization.Of(
            Reals(weights),
            count,
            (int)weights.Dims.Skip(axis + 1).Aggregate(1L, (a, b) => a * b),
            bias,
            input.Scale
        );
        var weightName = Dequantize<sbyte>(output + "_weight", OnnxType.Int8, weights.Dims, quantized.Weights, quantized.Scales, axis);
        if (bias is null)
            return [operand, weightName];
        float[] scales = [.. quantized.Scales.Select(s => s * input.Scale)];
        int[] integers =
        [
            .. bias.Select((b, c) => (int)Math.Clamp(Math.Round(b / (double)scales[c % scales.Length]), int.MinValue, int.MaxValue)),
        ];
        return [operand, weightName, Dequantize<int>(output + "_bias", OnnxType.Int32, [bias.Length], integers, scales, 0)];
    }

    /// <summary>Weights of a recurrent layer, [directions, gates x hidden, inputs], a scale for each row; it computes on real
    /// numbers.</summary>
    private string Gates(OnnxNode node, int operand)
    {
        var weights = _constants[node.Inputs[operand]];
        if (weights.Dims.Length != 3 || weights.Dims.Contains(0))
            return node.Inputs[operand];
        var quantized = WeightQuantization.Of(Reals(weights), (int)weights.Dims[1], (int)weights.Dims[2]);
        return Dequantize<sbyte>(node.Inputs[operand], OnnxType.Int8, weights.Dims, quantized.Weights, quantized.Scales, 1);
    }

    /// <summary>Throws MCU3007 unless weights have output channels and a bias has one value for each.</summary>
    private void RequireWeights(OnnxNode node, OnnxTensor weights, int channels)
    {
        var shown = string.Join(", ", weights.Dims);
        if (weights.Dims.Length < 2 || weights.Dims.Contains(0))
            throw QuantizationFailure.Of(
                DiagnosticCatalog.QuantizationImpossible,
                node.Label,
                node.Operator,
                $"its weights have dimensions [{shown}]",
                "Weights need at least two dimensions, none of them 0."
            );
        if (node.Inputs.Length > 2 && Reals(_constants[node.Inputs[2]]).Length is var values && values != channels)
            throw QuantizationFailure.Of(
                DiagnosticCatalog.QuantizationImpossible,
                node.Label,
                node.Operator,
                $"its bias has {values} values and its weights [{shown}]",
                $"There must be {channels}, one for each output channel."
            );
    }

    private float[] Corrected(string output, float[] bias) =>
        corrections.TryGetValue(output, out var correction) ? [.. bias.Select((b, c) => b + correction[c])] : bias;

    /// <summary>Adds a quantised constant with zero points of 0, and the node that turns it into real numbers.</summary>
    private string Dequantize<T>(string name, OnnxType type, ImmutableArray<long> dims, T[] values, float[] scales, int axis)
        where T : unmanaged
    {
        var quantized = Write<T>(name + "_q", type, dims, values);
        ImmutableArray<long> each = scales.Length == 1 ? [] : [scales.Length];
        var scale = Write<float>(name + "_scale", OnnxType.Float, each, scales);
        var zero = Write<T>(name + "_zero", type, each, new T[scales.Length]);
        var real = model.Free(name + "_dq");
        _nodes.Add(
            new(
                model.Free(name + "_DequantizeLinear"),
                "DequantizeLinear",
                "",
                [quantized, scale, zero],
                [real],
                [OnnxAttribute.Of("axis", (long)axis)]
            )
        );
        return real;
    }

    private string Write<T>(string wanted, OnnxType type, ImmutableArray<long> dims, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var name = model.Free(wanted);
        _written[name] = OnnxTensor.Of(name, type, dims, values);
        return name;
    }

    private static float[] Reals(OnnxTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray();
}
