using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>What the first nodes behind a graph input tell of it: the axes that its dimensions run over, and the quantisation of
/// integers.</summary>
/// <remarks>The graph has no circle, so every walk along first uses ends.</remarks>
internal sealed class InputUses
{
    private readonly Dictionary<string, OnnxNode> _first = [];

    public InputUses(OnnxGraph graph)
    {
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Reads)
                _first.TryAdd(input, node);
        }
    }

    /// <summary>Channels first, unless they are to be last or the input goes straight into a transposition that brings them to the
    /// front.</summary>
    public string Axes(string value, int rank, bool channelsLast)
    {
        var last = AxisOrder.ChannelsLast(rank);
        if (channelsLast)
            return last;
        while (_first.GetValueOrDefault(value) is { Outputs: [var output, ..] } node)
        {
            if (node.Operator == "Transpose")
                return node.Attribute("perm")?.Ints.AsEnumerable().ToArray() is [0, 3, 1, 2] or [0, 2, 1]
                    ? last
                    : AxisOrder.ChannelsFirst(rank);
            if (node.Operator is not ("QuantizeLinear" or "DequantizeLinear" or "Identity"))
                break;
            value = output;
        }

        return AxisOrder.ChannelsFirst(rank);
    }

    /// <summary>Integers mean what the first operator takes them for that has a scale and a zero point behind them: DequantizeLinear and
    /// the QLinear operators.</summary>
    /// <remarks>Where there is none before they are computed with, they are whole numbers, and so are truth values.</remarks>
    public (QuantizationParameters? Quantization, ValueKind Kind) Integers(OnnxValueInfo input, Dictionary<string, ImportedValue> values) =>
        input.Type switch
        {
            OnnxType.Float or OnnxType.Float16 or OnnxType.BFloat16 => (null, ValueKind.Real),
            OnnxType.Int8 or OnnxType.UInt8 => Quantization(input, values) is { } given
                ? (given, ValueKind.Real)
                : (WholeNumbers.Steps, ValueKind.Number),
            _ => (WholeNumbers.KindOf(input.Type) == ValueKind.Truth ? WholeNumbers.Steps : null, WholeNumbers.KindOf(input.Type)),
        };

    private QuantizationParameters? Quantization(OnnxValueInfo input, Dictionary<string, ImportedValue> values)
    {
        var value = input.Name;
        while (_first.GetValueOrDefault(value) is { } node)
        {
            if (OnnxOperators.Of(node)?.Integers == IntegerOperands.Quantized)
            {
                var at = node.Inputs.IndexOf(value);
                if (At(at + 1) is { Type: OnnxType.Float } scale)
                    return QuantizationOperands.Of(scale, At(at + 2));
                throw ImportFailure.Of(
                    DiagnosticCatalog.ElementTypeNotSupported,
                    input.Name,
                    input.Type,
                    "integers followed by DequantizeLinear or a QLinear operator with a constant scale"
                );

                Constant? At(int index) => index < node.Inputs.Length ? values.GetValueOrDefault(node.Inputs[index]) as Constant : null;
            }

            if (node.Outputs.Length == 0)
                break;
            value = node.Outputs[0];
        }

        return null;
    }
}
