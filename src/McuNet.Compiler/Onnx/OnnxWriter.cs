using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;

namespace McuNet.Compiler.Onnx;

/// <summary>
/// Encodes models as ONNX files (onnx.proto): the inverse of <see cref="OnnxReader"/>, up to what that does not keep (documentation).
/// The same model gives the same bytes.
/// </summary>
public static class OnnxWriter
{
    public static byte[] Write(OnnxModel model)
    {
        var writer = new WireWriter();
        writer.Int64(1, model.IrVersion);
        Text(writer, 2, model.Producer);
        writer.Message(7, graph => WriteGraph(graph, model.Graph));
        foreach (var opset in model.Opsets)
        {
            writer.Message(
                8,
                o =>
                {
                    Text(o, 1, opset.Domain);
                    o.Int64(2, opset.Version);
                }
            );
        }

        foreach (var property in model.Metadata)
        {
            writer.Message(
                14,
                p =>
                {
                    Text(p, 1, property.Name);
                    Text(p, 2, property.Text);
                }
            );
        }

        return writer.Written.ToArray();
    }

    private static void WriteGraph(WireWriter writer, OnnxGraph graph)
    {
        foreach (var node in graph.Nodes)
            writer.Message(1, n => WriteNode(n, node));
        Text(writer, 2, graph.Name);
        foreach (var tensor in graph.Initializers)
            writer.Message(5, t => WriteTensor(t, tensor));
        foreach (var (field, values) in new[] { (11, graph.Inputs), (12, graph.Outputs), (13, graph.Values) })
        {
            foreach (var value in values)
                writer.Message(field, v => WriteValue(v, value));
        }
    }

    private static void WriteNode(WireWriter writer, OnnxNode node)
    {
        foreach (var input in node.Inputs)
            writer.Text(1, input);
        foreach (var output in node.Outputs)
            writer.Text(2, output);
        Text(writer, 3, node.Name);
        writer.Text(4, node.Operator);
        foreach (var attribute in node.Attributes)
            writer.Message(5, a => WriteAttribute(a, attribute));
        Text(writer, 7, node.Domain);
    }

    private static void WriteAttribute(WireWriter writer, OnnxAttribute attribute)
    {
        var type = attribute.Type == OnnxAttributeType.Undefined ? Inferred(attribute) : attribute.Type;
        writer.Text(1, attribute.Name);
        switch (type)
        {
            case OnnxAttributeType.Float:
                writer.Float(2, attribute.Float);
                break;
            case OnnxAttributeType.String:
                writer.Text(4, attribute.Text);
                break;
            case OnnxAttributeType.Tensor:
                writer.Message(5, t => WriteTensor(t, attribute.Tensor!));
                break;
            case OnnxAttributeType.Graph:
                writer.Message(6, g => WriteGraph(g, attribute.Graph!));
                break;
            case OnnxAttributeType.Floats:
                writer.Bytes(7, MemoryMarshal.AsBytes(attribute.Floats.AsSpan()));
                break;
            case OnnxAttributeType.Ints:
                writer.Packed(8, attribute.Ints.AsSpan());
                break;
            case OnnxAttributeType.Strings:
                attribute.Texts.ToList().ForEach(t => writer.Text(9, t));
                break;
            default:
                writer.Int64(3, attribute.Int);
                break;
        }

        writer.Int64(20, (long)type);
    }

    /// <summary>The type of an attribute that does not state it: that of the one field that is set.</summary>
    private static OnnxAttributeType Inferred(OnnxAttribute attribute) =>
        attribute switch
        {
            { Tensor: not null } => OnnxAttributeType.Tensor,
            { Graph: not null } => OnnxAttributeType.Graph,
            { Ints.Length: > 0 } => OnnxAttributeType.Ints,
            { Floats.Length: > 0 } => OnnxAttributeType.Floats,
            { Texts.Length: > 0 } => OnnxAttributeType.Strings,
            { Text.Length: > 0 } => OnnxAttributeType.String,
            { Float: not 0 } => OnnxAttributeType.Float,
            _ => OnnxAttributeType.Int,
        };

    private static void WriteTensor(WireWriter writer, OnnxTensor tensor)
    {
        if (tensor.Dims.Length > 0)
            writer.Packed(1, tensor.Dims.AsSpan());
        writer.Int64(2, (long)tensor.Type);
        Text(writer, 8, tensor.Name);
        if (tensor.External is { } external)
            WriteExternal(writer, external);
        else
            writer.Bytes(9, tensor.Data.Span);
    }

    private static void WriteExternal(WireWriter writer, ExternalData external)
    {
        foreach (
            var (key, value) in new[]
            {
                ("location", external.Location),
                ("offset", Number(external.Offset)),
                ("length", Number(external.Length)),
            }
        )
        {
            if (value.Length == 0)
                continue;
            writer.Message(
                13,
                entry =>
                {
                    entry.Text(1, key);
                    entry.Text(2, value);
                }
            );
        }

        writer.Int64(14, 1);

        static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    private static void WriteValue(WireWriter writer, OnnxValueInfo value)
    {
        writer.Text(1, value.Name);
        if (value.Type == OnnxType.Undefined)
            return;
        writer.Message(
            2,
            type =>
                type.Message(
                    1,
                    tensor =>
                    {
                        tensor.Int64(1, (long)value.Type);
                        if (value.Dims is { } dims)
                            tensor.Message(2, shape => WriteDims(shape, dims, value.Symbols));
                    }
                )
        );
    }

    private static void WriteDims(WireWriter writer, ImmutableArray<long> dims, ImmutableArray<string> symbols)
    {
        for (var i = 0; i < dims.Length; i++)
        {
            var (size, symbol) = (dims[i], i < symbols.Length ? symbols[i] : "?");
            writer.Message(
                1,
                dimension =>
                {
                    if (size >= 0)
                        dimension.Int64(1, size);
                    else if (symbol != "?")
                        dimension.Text(2, symbol);
                }
            );
        }
    }

    private static void Text(WireWriter writer, int field, string text)
    {
        if (text.Length > 0)
            writer.Text(field, text);
    }
}
