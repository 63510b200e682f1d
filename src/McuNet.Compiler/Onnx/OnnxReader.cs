using System;
using System.Collections.Immutable;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Onnx;

/// <summary>
/// Decodes ONNX files (onnx.proto, IR versions 3 and up). Any bytes are safe input: what is not a model becomes MCU1002 with the
/// offset of the first fault. Tensor data is a view of the file's bytes.
/// </summary>
public static class OnnxReader
{
    private const int DeepestGraph = 16;

    /// <summary>The model, with the nodes of its functions in place of their calls.</summary>
    /// <param name="file">Name for diagnostics.</param>
    public static StageResult<OnnxModel> Read(ReadOnlyMemory<byte> bytes, string file)
    {
        var fault = new WireFault();
        if (bytes.IsEmpty)
            fault.Set("the file is empty", 0);
        var model = ReadModel(new WireReader(bytes, 0, fault));
        if (model is null)
            fault.Set("it holds no graph", bytes.Length);
        if (fault.Found && ForeignFile.Recognise(bytes.Span) is var (what, advice))
            return StageResult<OnnxModel>.Failure(Diagnostic.Create(DiagnosticCatalog.FileIsSomethingElse, file, what, advice));
        if (fault.Found)
            return StageResult<OnnxModel>.Failure(
                Diagnostic.Create(DiagnosticCatalog.ModelUnreadable, file, "ONNX", fault.Problem!, fault.Offset, bytes.Length)
            );
        return FunctionCalls.Expanded(model!);
    }

    private static OnnxModel? ReadModel(WireReader reader)
    {
        OnnxGraph? graph = null;
        var (version, producer) = (0L, "");
        var opsets = ImmutableArray.CreateBuilder<OnnxOpset>();
        var metadata = ImmutableArray.CreateBuilder<OnnxProperty>();
        var functions = ImmutableArray.CreateBuilder<OnnxFunction>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    version = reader.Int64();
                    break;
                case 2:
                    producer = reader.Text();
                    break;
                case 7:
                    graph = ReadGraph(ref reader, 0);
                    break;
                case 8:
                    opsets.Add(ReadOpset(reader.Message()));
                    break;
                case 14:
                    metadata.Add(ReadProperty(reader.Message()));
                    break;
                case 25:
                    functions.Add(OnnxFunctionReader.Read(reader.Message()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return graph is null
            ? null
            : new OnnxModel
            {
                IrVersion = version,
                Producer = producer,
                Opsets = opsets.ToImmutable(),
                Graph = graph,
                Metadata = metadata.ToImmutable(),
                Functions = functions.ToImmutable(),
            };
    }

    private static OnnxProperty ReadProperty(WireReader reader)
    {
        var (name, text) = ("", "");
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    text = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(name, text);
    }

    internal static OnnxOpset ReadOpset(WireReader reader)
    {
        var (domain, version) = ("", 0L);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = reader.Text();
                    break;
                case 2:
                    version = reader.Int64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(OnnxModel.Normalize(domain), version);
    }

    /// <param name="depth">Number of graphs around it.</param>
    internal static OnnxGraph ReadGraph(ref WireReader parent, int depth)
    {
        if (depth > DeepestGraph)
            parent.Fail($"graphs stand in each other more than {DeepestGraph} deep", parent.Offset);
        var reader = parent.Message();
        var name = "";
        var nodes = ImmutableArray.CreateBuilder<OnnxNode>();
        var initializers = ImmutableArray.CreateBuilder<OnnxTensor>();
        var inputs = ImmutableArray.CreateBuilder<OnnxValueInfo>();
        var outputs = ImmutableArray.CreateBuilder<OnnxValueInfo>();
        var values = ImmutableArray.CreateBuilder<OnnxValueInfo>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    nodes.Add(OnnxNodeReader.ReadNode(reader.Message(), depth));
                    break;
                case 2:
                    name = reader.Text();
                    break;
                case 5:
                    initializers.Add(OnnxTensorReader.Read(ref reader));
                    break;
                case 11:
                    inputs.Add(OnnxValueReader.Read(reader.Message()));
                    break;
                case 12:
                    outputs.Add(OnnxValueReader.Read(reader.Message()));
                    break;
                case 13:
                    values.Add(OnnxValueReader.Read(reader.Message()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(
            name,
            nodes.ToImmutable(),
            initializers.ToImmutable(),
            inputs.ToImmutable(),
            outputs.ToImmutable(),
            values.ToImmutable()
        );
    }
}
