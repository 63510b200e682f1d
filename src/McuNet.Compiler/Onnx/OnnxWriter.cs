using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;
using McuNet.Compiler.Onnx.Wire;

namespace McuNet.Compiler.Onnx;

/// <summary>
/// Encodes models as ONNX files (onnx.proto): the inverse of <see cref="OnnxReader"/>, up to what that does not keep (documentation).
/// The same model gives the same bytes.
/// </summary>
public static class OnnxWriter
{
    public static byte[] Write(OnnxModel model)
    {
        var message = new ModelProto { IrVersion = model.IrVersion, Graph = Graph(model.Graph) };
        if (model.Producer.Length > 0)
            message.ProducerName = Bytes(model.Producer);
        message.OpsetImport.AddRange(model.Opsets.Select(Opset));
        message.MetadataProps.AddRange(model.Metadata.Select(p => Entry(p.Name, p.Text)));
        return message.ToByteArray();
    }

    private static OperatorSetIdProto Opset(OnnxOpset opset)
    {
        var message = new OperatorSetIdProto { Version = opset.Version };
        if (opset.Domain.Length > 0)
            message.Domain = Bytes(opset.Domain);
        return message;
    }

    private static StringStringEntryProto Entry(string key, string value)
    {
        var message = new StringStringEntryProto();
        if (key.Length > 0)
            message.Key = Bytes(key);
        if (value.Length > 0)
            message.Value = Bytes(value);
        return message;
    }

    private static GraphProto Graph(OnnxGraph graph)
    {
        var message = new GraphProto();
        message.Node.AddRange(graph.Nodes.Select(Node));
        if (graph.Name.Length > 0)
            message.Name = Bytes(graph.Name);
        message.Initializer.AddRange(graph.Initializers.Select(Tensor));
        message.Input.AddRange(graph.Inputs.Select(Value));
        message.Output.AddRange(graph.Outputs.Select(Value));
        message.ValueInfo.AddRange(graph.Values.Select(Value));
        return message;
    }

    private static NodeProto Node(OnnxNode node)
    {
        var message = new NodeProto { OpType = Bytes(node.Operator) };
        message.Input.AddRange(node.Inputs.Select(Bytes));
        message.Output.AddRange(node.Outputs.Select(Bytes));
        if (node.Name.Length > 0)
            message.Name = Bytes(node.Name);
        message.Attribute.AddRange(node.Attributes.Select(Attribute));
        if (node.Domain.Length > 0)
            message.Domain = Bytes(node.Domain);
        return message;
    }

    private static AttributeProto Attribute(OnnxAttribute attribute)
    {
        var type = attribute.Type == OnnxAttributeType.Undefined ? Inferred(attribute) : attribute.Type;
        var message = new AttributeProto { Name = Bytes(attribute.Name), Type = (int)type };
        switch (type)
        {
            case OnnxAttributeType.Float:
                message.F = attribute.Float;
                break;
            case OnnxAttributeType.String:
                message.S = Bytes(attribute.Text);
                break;
            case OnnxAttributeType.Tensor:
                message.T = Tensor(attribute.Tensor!);
                break;
            case OnnxAttributeType.Graph:
                message.G = Graph(attribute.Graph!);
                break;
            case OnnxAttributeType.Floats:
                message.Floats.AddRange(attribute.Floats);
                break;
            case OnnxAttributeType.Ints:
                message.Ints.AddRange(attribute.Ints);
                break;
            case OnnxAttributeType.Strings:
                message.Strings.AddRange(attribute.Texts.Select(Bytes));
                break;
            default:
                message.I = attribute.Int;
                break;
        }

        return message;
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

    private static TensorProto Tensor(OnnxTensor tensor)
    {
        var message = new TensorProto { DataType = (int)tensor.Type };
        message.Dims.AddRange(tensor.Dims);
        if (tensor.Name.Length > 0)
            message.Name = Bytes(tensor.Name);
        if (tensor.External is { } external)
        {
            message.ExternalData.AddRange(Places(external));
            message.DataLocation = 1;
        }
        else
            message.RawData = UnsafeByteOperations.UnsafeWrap(tensor.Data);
        return message;
    }

    private static IEnumerable<StringStringEntryProto> Places(ExternalData external)
    {
        yield return Entry("location", external.Location);
        yield return Entry("offset", external.Offset.ToString(CultureInfo.InvariantCulture));
        if (external.Length is { } length)
            yield return Entry("length", length.ToString(CultureInfo.InvariantCulture));
    }

    private static ValueInfoProto Value(OnnxValueInfo value)
    {
        var message = new ValueInfoProto { Name = Bytes(value.Name) };
        if (value.Type == OnnxType.Undefined)
            return message;
        var type = new TensorTypeProto { ElemType = (int)value.Type };
        if (value.Dims is { } dims)
        {
            type.Shape = new TensorShapeProto();
            type.Shape.Dim.AddRange(dims.Select((size, i) => Dimension(size, i < value.Symbols.Length ? value.Symbols[i] : "?")));
        }

        message.Type = new TypeProto { TensorType = type };
        return message;
    }

    private static DimensionProto Dimension(long size, string symbol)
    {
        var message = new DimensionProto();
        if (size >= 0)
            message.DimValue = size;
        else if (symbol != "?")
            message.DimParam = Bytes(symbol);
        return message;
    }

    private static ByteString Bytes(string text) => ByteString.CopyFromUtf8(text);
}
