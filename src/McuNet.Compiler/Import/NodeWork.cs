using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>Multiply-accumulates of the nodes of a model that cannot be imported, as far as shapes are known: what a fault is
/// worth.</summary>
internal sealed class NodeWork
{
    private readonly Dictionary<string, double> _work = [];
    private readonly Dictionary<string, ImmutableArray<int>> _dims = [],
        _stated = [];
    private bool _isComplete = true;

    /// <param name="values">What has been imported.</param>
    public NodeWork(OnnxGraph graph, IReadOnlyDictionary<string, ImportedValue> values)
    {
        foreach (var tensor in graph.Initializers)
            _dims[tensor.Name] = [.. tensor.Dims.Select(Size)];
        foreach (var declared in graph.Inputs.Concat(graph.Values).Concat(graph.Outputs))
        {
            if (declared.Dims is { } dims && dims.Skip(1).All(d => d > 0))
                _stated[declared.Name] = [.. dims.Select(d => Size(Math.Max(1, d)))];
        }

        foreach (var (name, value) in values)
            _dims[name] = value.Dims;
        foreach (var node in graph.Nodes)
            Count(node);
    }

    /// <summary>How many per cent some nodes have of all, as a sentence; empty where nothing multiplies.</summary>
    /// <param name="subjects">Names of nodes as they are shown.</param>
    public string Share(ImmutableArray<string> subjects)
    {
        var total = _work.Values.Sum();
        if (total == 0 || !subjects.Any(_work.ContainsKey))
            return "";
        var share = 100.0 * subjects.Distinct().Sum(s => _work.GetValueOrDefault(s)) / total;
        var place = subjects.Length == 1 ? "This node does" : $"These {subjects.Length} nodes do";
        return FormattableString.Invariant(
            $" {place} {share:0.#} % of the multiply-accumulates{(_isComplete ? "" : " whose shapes are known")}."
        );
    }

    private void Count(OnnxNode node)
    {
        if (Result(node) is { } result && node.Outputs.Length > 0)
            _dims.TryAdd(node.Outputs[0], result);
        var work = Work(node);
        _isComplete &= work is not null;
        _work[ShownText.Escape(ShownText.Name(node.Label))] = work ?? 0;
    }

    /// <summary>Null where it multiplies and its shapes are not known.</summary>
    private double? Work(OnnxNode node)
    {
        var output = node.Outputs.Length > 0 ? Dims(node.Outputs[0]) : null;
        return Weights(node) is not { } at
            ? 0
            : (Dims(node, 0), Dims(node, at), output) switch
            {
                ({ } input, { Length: > 2 } weights, _) when node.Operator == "ConvTranspose" => Product(input) * Product(weights[1..]),
                (_, { Length: > 2 } weights, { } result) when IsConvolution(node) && result.Length == weights.Length => Product(result)
                    * Product(weights[1..]),
                ({ Length: > 0 } input, { Length: > 1 }, { } result) when !IsConvolution(node) => Product(result)
                    * (IsSet(node, "transA") ? input[0] : input[^1]),
                _ => null,
            };
    }

    private static bool IsConvolution(OnnxNode node) => node.Operator.Contains("Conv", StringComparison.Ordinal);

    /// <summary>Which operand are the weights of a node that multiplies; null of others.</summary>
    private static int? Weights(OnnxNode node) =>
        node.Operator switch
        {
            "Conv"
            or "ConvInteger"
            or "ConvTranspose"
            or "FusedConv"
            or "Gemm"
            or "FusedGemm"
            or "MatMul"
            or "MatMulInteger"
            or "FusedMatMul" => 1,
            "QLinearConv" or "QLinearMatMul" or "QGemm" => 3,
            _ => null,
        };

    /// <summary>The dimensions of a result, of the operators between which networks mostly have their weights.</summary>
    private ImmutableArray<int>? Result(OnnxNode node)
    {
        var input = Dims(node, 0);
        if (input is not { Length: > 0 } dims)
            return null;
        switch (node.Operator)
        {
            case "Conv"
            or "ConvInteger"
            or "QLinearConv"
            or "FusedConv" when Dims(node, Weights(node)!.Value) is { Length: > 2 } weights && weights.Length == dims.Length:
                return [dims[0], weights[0], .. Slid(node, dims, weights[2..])];
            case "MaxPool" or "AveragePool" when Ints(node, "kernel_shape") is { } kernel && kernel.Length == dims.Length - 2:
                return [dims[0], dims[1], .. Slid(node, dims, kernel)];
            case "GlobalAveragePool" or "GlobalMaxPool":
                return [.. dims.Select((d, i) => i < 2 ? d : 1)];
            case "Flatten":
                return [dims[0], Size(Limits.Product(dims[1..]))];
            case "Gemm" or "FusedGemm" or "QGemm" when Dims(node, Weights(node)!.Value) is { Length: 2 } weights:
                return [dims[0], IsSet(node, "transB") ? weights[0] : weights[1]];
            case "MatMul"
            or "MatMulInteger"
            or "QLinearMatMul"
            or "FusedMatMul" when Dims(node, Weights(node)!.Value) is { Length: > 1 } weights && dims.Length > 1:
                return [.. dims[..^1], weights[^1]];
            case "Transpose"
                when Ints(node, "perm") is { } permutation && permutation.Length == dims.Length && permutation.All(p => p < dims.Length):
                return [.. permutation.Select(p => dims[p])];
            case "Add" or "Sub" or "Mul" or "Div":
                return Dims(node, 1) is { } other && Limits.Product(other) > Limits.Product(dims) ? other : dims;
            default:
                return
                    OnnxOperators.Of(node) is { Results: ResultValues.Limited } or { KeepsChannels: true, MostInputs: 1 }
                    || node.Operator.EndsWith("quantizeLinear", StringComparison.OrdinalIgnoreCase)
                    ? dims
                    : null;
        }
    }

    /// <summary>Rows and columns behind a window.</summary>
    private static IEnumerable<int> Slid(OnnxNode node, ImmutableArray<int> dims, ImmutableArray<int> kernel)
    {
        var (pads, isSame) = (Ints(node, "pads"), node.Attribute("auto_pad")?.Text.StartsWith("SAME", StringComparison.Ordinal) == true);
        for (var i = 0; i < kernel.Length; i++)
        {
            var stride = Ints(node, "strides") is { } strides && i < strides.Length ? Math.Max(1, strides[i]) : 1;
            var span = (kernel[i] - 1L) * (Ints(node, "dilations") is { } dilations && i < dilations.Length ? dilations[i] : 1) + 1;
            var padding = pads is { } p && p.Length == 2 * kernel.Length ? (long)p[i] + p[i + kernel.Length] : 0;
            yield return Size(Math.Max(1, isSame ? (dims[2 + i] + stride - 1L) / stride : (dims[2 + i] + padding - span) / stride + 1));
        }
    }

    private static bool IsSet(OnnxNode node, string attribute) => node.Attribute(attribute)?.Int is > 0;

    private static ImmutableArray<int>? Ints(OnnxNode node, string attribute) =>
        node.Attribute(attribute) is { } given ? [.. given.Ints.Select(Size)] : null;

    private ImmutableArray<int>? Dims(OnnxNode node, int input) => input < node.Inputs.Length ? Dims(node.Inputs[input]) : null;

    private ImmutableArray<int>? Dims(string name) =>
        _dims.TryGetValue(name, out var dims) || _stated.TryGetValue(name, out dims) ? dims : null;

    private static double Product(ImmutableArray<int> dims) => Limits.Product(dims);

    private static int Size(long size) => (int)Math.Clamp(size, 0, Limits.Elements);
}
