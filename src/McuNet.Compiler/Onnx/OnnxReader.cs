using System;
using System.Collections.Immutable;
using System.Linq;
using Google.Protobuf;
using McuNet.Compiler.Onnx.Wire;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Onnx;

/// <summary>
/// Decodes ONNX files (onnx.proto, IR versions 3 and up). Any bytes are safe input: what is not a model becomes MCU1002 with the
/// first fault.
/// </summary>
public static class OnnxReader
{
    private const int DeepestGraph = 16;

    private static readonly MessageParser<ModelProto> Parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    /// <summary>The model, with the nodes of its functions in place of their calls.</summary>
    /// <param name="file">Name for diagnostics.</param>
    public static StageResult<OnnxModel> Read(ReadOnlyMemory<byte> bytes, string file)
    {
        var fault = new OnnxFault();
        var model = Parsed(bytes.Span, fault) is { } message ? Model(message, fault) : null;
        if (fault.Problem is null)
            return FunctionCalls.Expanded(model!);
        return StageResult<OnnxModel>.Failure(
            ForeignFile.Recognise(bytes.Span) is var (what, advice)
                ? Diagnostic.Create(DiagnosticCatalog.FileIsSomethingElse, file, what, advice)
                : Diagnostic.Create(DiagnosticCatalog.ModelUnreadable, file, "ONNX", fault.Problem)
        );
    }

    private static ModelProto? Parsed(ReadOnlySpan<byte> bytes, OnnxFault fault)
    {
        if (bytes.IsEmpty)
            fault.Set("the file is empty");
        try
        {
            var model = Parser.ParseFrom(bytes);
            if (model.Graph is not null)
                return model;
            fault.Set("it holds no graph");
        }
        catch (InvalidProtocolBufferException problem)
        {
            fault.Set($"its {bytes.Length} bytes are no protocol buffer ({problem.Message.Split(". ", 2)[0].TrimEnd('.')})");
        }
        return null;
    }

    private static OnnxModel Model(ModelProto model, OnnxFault fault) =>
        new()
        {
            IrVersion = model.IrVersion,
            Producer = Text(model.ProducerName),
            Opsets = [.. model.OpsetImport.Select(Opset)],
            Graph = Graph(model.Graph, fault, 0),
            Metadata = [.. model.MetadataProps.Select(p => new OnnxProperty(Text(p.Key), Text(p.Value)))],
            Functions = [.. model.Functions.Select(f => Function(f, fault))],
        };

    private static OnnxOpset Opset(OperatorSetIdProto opset) => new(OnnxModel.Normalize(Text(opset.Domain)), opset.Version);

    private static OnnxFunction Function(FunctionProto function, OnnxFault fault) =>
        new(
            OnnxModel.Normalize(Text(function.Domain)),
            Text(function.Name),
            Text(function.Overload),
            [.. function.Input.Select(Text)],
            [.. function.Output.Select(Text)],
            [.. function.AttributeProto.Select(a => Attribute(a, fault, 0))],
            [.. function.Node.Select(n => Node(n, fault, 0))],
            [.. function.OpsetImport.Select(Opset)]
        );

    /// <param name="depth">Number of graphs around it.</param>
    private static OnnxGraph Graph(GraphProto graph, OnnxFault fault, int depth)
    {
        if (depth > DeepestGraph)
            fault.Set($"graphs stand in each other more than {DeepestGraph} deep");
        return new(
            Text(graph.Name),
            [.. graph.Node.Select(n => Node(n, fault, depth))],
            [.. graph.Initializer.Select(t => OnnxTensorReader.Read(t, fault))],
            [.. graph.Input.Select(Value)],
            [.. graph.Output.Select(Value)],
            [.. graph.ValueInfo.Select(Value)]
        );
    }

    private static OnnxNode Node(NodeProto node, OnnxFault fault, int depth) =>
        new(
            Text(node.Name),
            Text(node.OpType),
            OnnxModel.Normalize(Text(node.Domain)),
            [.. node.Input.Select(Text)],
            [.. node.Output.Select(Text)],
            [.. node.Attribute.Select(a => Attribute(a, fault, depth))]
        )
        {
            Overload = Text(node.Overload),
        };

    private static OnnxAttribute Attribute(AttributeProto attribute, OnnxFault fault, int depth) =>
        new()
        {
            Name = Text(attribute.Name),
            Type = (OnnxAttributeType)attribute.Type,
            Float = attribute.F,
            Int = attribute.I,
            Text = Text(attribute.S),
            Tensor = attribute.T is { } tensor ? OnnxTensorReader.Read(tensor, fault) : null,
            Graph = attribute.G is { } graph ? Graph(graph, fault, depth + 1) : null,
            Floats = [.. attribute.Floats],
            Ints = [.. attribute.Ints],
            Texts = [.. attribute.Strings.Select(Text)],
            Reference = attribute.HasRefAttrName ? Text(attribute.RefAttrName) : null,
        };

    private static OnnxValueInfo Value(ValueInfoProto value)
    {
        var type = value.Type?.TensorType;
        var element = (OnnxType)(type?.ElemType ?? 0);
        return type?.Shape is { } shape
            ? new(
                Text(value.Name),
                element,
                [.. shape.Dim.Select(d => d.HasDimValue ? d.DimValue : -1)],
                [.. shape.Dim.Select(d => d.HasDimParam ? Text(d.DimParam) : "?")]
            )
            : new(Text(value.Name), element, null, []);
    }

    internal static string Text(ByteString bytes) => bytes.ToStringUtf8();
}

/// <summary>The first thing found wrong in a file. Set once.</summary>
internal sealed class OnnxFault
{
    public string? Problem { get; private set; }

    public void Set(string problem) => Problem ??= problem;
}
