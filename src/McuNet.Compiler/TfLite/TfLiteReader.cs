using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using McuNet.Diagnostics;

namespace McuNet.Compiler.TfLite;

/// <summary>
/// Decodes TFLite files. Any bytes are safe input: <see cref="FlatVerifier"/> runs before anything is read, and what is no model becomes
/// MCU1002 with the place of the fault. Tensor data is a view of the file's bytes.
/// </summary>
internal static class TfLiteReader
{
    private const int MostDimensions = 8;

    /// <summary>Whether the bytes are those of a TFLite file, damaged or not.</summary>
    public static bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 8 && bytes[4..8].SequenceEqual(Encoding.ASCII.GetBytes(TfLiteSchema.Identifier));

    /// <param name="file">Name for diagnostics.</param>
    public static StageResult<TfLiteModel> Read(byte[] bytes, string file)
    {
        try
        {
            var root = FlatVerifier.Verify(bytes, TfLiteSchema.Model);
            return StageResult<TfLiteModel>.Success(Model(new(TfLiteSchema.Model, root, new(bytes))));
        }
        catch (TfLiteFault fault)
        {
            return StageResult<TfLiteModel>.Failure(
                Diagnostic.Create(
                    DiagnosticCatalog.ModelUnreadable,
                    file,
                    "TensorFlow Lite",
                    $"{fault.Message} (at byte {fault.Offset} of {bytes.Length})"
                )
            );
        }
    }

    private static TfLiteModel Model(FlatTable model)
    {
        if (model.Int("version") is var version && version != 3)
            throw new TfLiteFault($"it has version {version} of the format, and 3 is read", model.Position);
        var (codes, buffers) = (model.Tables("operator_codes"), model.Tables("buffers"));
        var graphs = model.Tables("subgraphs");
        if (graphs.IsEmpty)
            throw new TfLiteFault("it holds no graph", model.Position);
        return new(model.Text("description"), [.. graphs.Select(g => Graph(g, codes, buffers))]);
    }

    private static TfLiteGraph Graph(FlatTable graph, ImmutableArray<FlatTable> codes, ImmutableArray<FlatTable> buffers)
    {
        ImmutableArray<TfLiteTensor> tensors = [.. graph.Tables("tensors").Select((t, i) => Tensor(t, i, buffers))];
        ImmutableArray<TfLiteNode> nodes = [.. graph.Tables("operators").Select((n, i) => Node(n, i, codes, tensors.Length))];
        return new(
            graph.Text("name"),
            tensors,
            Tensors(graph, "inputs", tensors.Length, 0),
            Tensors(graph, "outputs", tensors.Length, 0),
            nodes
        );
    }

    private static TfLiteNode Node(FlatTable node, int index, ImmutableArray<FlatTable> codes, int tensors)
    {
        var code = Entry(node, "opcode_index", codes, "operator codes");
        var number = Math.Max(code.Int("deprecated_builtin_code"), code.Int("builtin_code"));
        return new(
            index,
            number,
            code.Text("custom_code"),
            code.Int("version", 1),
            Tensors(node, "inputs", tensors, -1),
            Tensors(node, "outputs", tensors, 0),
            node.Union("builtin_options", "builtin_options_type")
        );
    }

    /// <param name="least">-1 where a tensor may be left out.</param>
    private static ImmutableArray<int> Tensors(FlatTable table, string field, int count, int least)
    {
        var numbers = table.Ints(field);
        return numbers.FirstOrDefault(n => n < least || n >= count, least) is var wrong && (wrong < least || wrong >= count)
            ? throw new TfLiteFault($"{table.Schema.Name}.{field} names tensor {wrong}, and there are {count}", table.Position)
            : numbers;
    }

    private static FlatTable Entry(FlatTable table, string field, ImmutableArray<FlatTable> entries, string what) =>
        table.Int(field) is var index && index >= 0 && index < entries.Length
            ? entries[index]
            : throw new TfLiteFault($"{table.Schema.Name}.{field} is {(uint)index}, and there are {entries.Length} {what}", table.Position);

    private static TfLiteTensor Tensor(FlatTable tensor, int index, ImmutableArray<FlatTable> buffers)
    {
        var (type, dims, name) = ((TfLiteType)tensor.Int("type"), tensor.Ints("shape"), tensor.Text("name"));
        var shown = $"tensor {index} '{(name.Length > 64 ? name[..64] : name)}'";
        if (dims.Length > MostDimensions)
            throw new TfLiteFault($"{shown} has {dims.Length} dimensions, and at most {MostDimensions} are read", tensor.Position);
        if (dims.Any(d => d < 0))
            throw new TfLiteFault($"{shown} has dimensions [{string.Join(", ", dims)}], of which none may be negative", tensor.Position);
        var buffer = Entry(tensor, "buffer", buffers, "buffers");
        var data = buffer.Bytes("data") is { Length: > 0 } some ? some : (ReadOnlyMemory<byte>?)null;
        var calledFor = dims.Aggregate((Int128)type.Size(), (product, d) => product * d);
        if (data is { } bytes && type.Size() > 0 && bytes.Length != calledFor)
            throw new TfLiteFault(
                $"{shown} holds {bytes.Length} bytes, and its dimensions [{string.Join(", ", dims)}] call for {calledFor}",
                tensor.Position
            );
        var elsewhere =
            tensor.Int("external_buffer") != 0 ? "an external buffer"
            : buffer.Long("offset") > 1 ? "the part of the file behind its tables"
            : tensor.Has("sparsity") && data is not null ? "a sparse encoding"
            : null;
        return new(index, name, type, dims, tensor.Ints("shape_signature"), Quantization(tensor, dims, shown), data, elsewhere);
    }

    private static TfLiteQuantization? Quantization(FlatTable tensor, ImmutableArray<int> dims, string shown)
    {
        if (tensor.Table("quantization") is not { } table)
            return null;
        var (scales, zeroPoints, axis) = (table.Floats("scale"), table.Longs("zero_point"), table.Int("quantized_dimension"));
        var isOfBlocks = table.Int("details_type") != 0;
        if (scales.IsEmpty)
            return isOfBlocks ? new([], [], 0, true) : null;
        if (scales.Length > 1 && (axis < 0 || axis >= dims.Length || dims[axis] != scales.Length))
            throw new TfLiteFault(
                $"{shown} with dimensions [{string.Join(", ", dims)}] has {scales.Length} scales for its dimension {axis}",
                table.Position
            );
        if (zeroPoints.Length > 1 && zeroPoints.Length != scales.Length)
            throw new TfLiteFault($"{shown} has {scales.Length} scales and {zeroPoints.Length} zero points", table.Position);
        return new(scales, zeroPoints.IsEmpty ? [0] : zeroPoints, scales.Length > 1 ? axis : 0, isOfBlocks);
    }
}
