using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>What a graph input is: dimensions, the axes they run over, element type and quantisation.</summary>
internal static class InputDimensions
{
    /// <summary>Dimensions with a batch of 1; a batch without a fixed size counts as 1.</summary>
    public static ImmutableArray<int> Of(OnnxValueInfo input)
    {
        if (input.Dims is not { } sizes)
            throw ImportFailure.Of(DiagnosticCatalog.DimensionNotFixed, input.Name, "unknown", 0, "?");
        var shown = string.Join(", ", sizes.Select((d, i) => d < 0 ? input.Symbols[i] : d.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var dims = ImmutableArray.CreateBuilder<int>(sizes.Length);
        for (var i = 0; i < sizes.Length; i++)
        {
            var isBatch = i == 0 && sizes.Length > 1;
            if (sizes[i] <= 0 && !isBatch)
                throw ImportFailure.Of(DiagnosticCatalog.DimensionNotFixed, input.Name, shown, i, input.Symbols[i]);
            if (isBatch && sizes[i] > 1)
                throw ImportFailure.Of(DiagnosticCatalog.DimensionsNotSupported, input.Name, "input", shown, "the batch must be 1; export the model with that.");
            dims.Add(isBatch ? 1 : checked((int)System.Math.Min(sizes[i], int.MaxValue)));
        }

        if (dims.Count > 4 || dims.Aggregate(1L, (a, b) => a * b) > 1 << 28)
            throw ImportFailure.Of(DiagnosticCatalog.DimensionsNotSupported, input.Name, "input", shown, "at most 4 dimensions and 2^28 elements are supported.");
        return dims.MoveToImmutable();
    }

    /// <summary>Channels first, unless the input goes straight into a transposition that brings them there.</summary>
    public static string Axes(OnnxGraph graph, OnnxValueInfo input, int rank)
    {
        var value = input.Name;
        while (graph.Nodes.FirstOrDefault(n => n.Inputs.Contains(value)) is { Outputs: [var output, ..] } node)
        {
            if (node.Operator == "Transpose")
                return node.Attribute("perm")?.Ints.AsEnumerable().ToArray() is [0, 3, 1, 2] or [0, 2, 1] ? (rank == 4 ? "-HWC" : "-HC") : AxisOrder.ChannelsFirst(rank);
            if (node.Operator is not ("QuantizeLinear" or "DequantizeLinear" or "Identity"))
                break;
            value = output;
        }

        return AxisOrder.ChannelsFirst(rank);
    }

    public static TensorShape Shape(ImmutableArray<int> dims, string axes)
    {
        var shape = new TensorShape(1, 1, 1);
        for (var i = 0; i < dims.Length; i++)
        {
            shape = axes[i] switch
            {
                'H' => shape with { Height = dims[i] },
                'W' => shape with { Width = dims[i] },
                'C' => shape with { Channels = dims[i] },
                _ => shape,
            };
        }

        return shape;
    }

    public static ElementType Element(OnnxValueInfo input) => input.Type switch
    {
        OnnxType.Float => ElementType.Float32,
        OnnxType.Int8 => ElementType.Int8,
        OnnxType.UInt8 => ElementType.UInt8,
        _ => throw ImportFailure.Of(DiagnosticCatalog.ElementTypeNotSupported, input.Name, input.Type, "float32, int8 and uint8"),
    };

    /// <summary>An integer input means what its first consumer takes it for: the two operands behind it of DequantizeLinear and the QLinear operators.</summary>
    public static QuantizationParameters? Quantization(OnnxGraph graph, OnnxValueInfo input, Dictionary<string, ImportedValue> values)
    {
        if (input.Type == OnnxType.Float)
            return null;
        var value = input.Name;
        while (graph.Nodes.FirstOrDefault(n => n.Inputs.Contains(value)) is { } node)
        {
            var at = node.Inputs.IndexOf(value);
            if (node.Inputs.Length > at + 1 && values.GetValueOrDefault(node.Inputs[at + 1]) is Constant { Type: OnnxType.Float } scale)
                return QuantizationOperands.Of(scale, node.Inputs.Length > at + 2 ? values.GetValueOrDefault(node.Inputs[at + 2]) as Constant : null);
            if (node.Outputs.Length == 0)
                break;
            value = node.Outputs[0];
        }

        throw ImportFailure.Of(DiagnosticCatalog.ElementTypeNotSupported, input.Name, input.Type, "integers followed by DequantizeLinear or a QLinear operator");
    }
}
