using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;
using McuNet.Diagnostics;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Runtimes.Cases;

/// <summary>Reads a case folder: golden.json and the raw tensors it names.</summary>
public static class GoldenCases
{
    public const string FileName = "golden.json";

    /// <summary>All cases in memory, or MCU7018 naming what is wrong.</summary>
    public static StageResult<GoldenModel> Read(string directory) => Parse(directory, FileName, root => ReadModel(root, directory));

    /// <summary>Tensors inside the graph for one case, from its folder layers_caseK, or MCU7018.</summary>
    public static StageResult<IReadOnlyList<GoldenLayer>> ReadLayers(string directory, int caseIndex)
    {
        var folder = Path.Combine(directory, $"layers_case{caseIndex}");
        return Parse<IReadOnlyList<GoldenLayer>>(
            folder,
            "layers.json",
            root => Items(root, "tensors").Select(t => ReadLayer(t, folder)).ToArray()
        );
    }

    private static StageResult<T> Parse<T>(string directory, string fileName, Func<JsonElement, T> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, fileName)));
            return StageResult<T>.Success(read(document.RootElement));
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or FormatException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            return StageResult<T>.Failure(Diagnostic.Create(DiagnosticCatalog.CasesUnreadable, directory, e.Message.TrimEnd('.')));
        }
    }

    private static GoldenLayer ReadLayer(JsonElement layer, string folder)
    {
        var file = Required(layer, "file").GetString()!;
        var type = ElementType(Required(layer, "type").GetString()!);
        var dims = Items(layer, "dims").Select(d => d.GetInt32()).ToImmutableArray();
        var data = File.ReadAllBytes(Path.Combine(folder, file));
        return data.Length == dims.Aggregate(type.Bytes(), (product, d) => product * d)
            ? new GoldenLayer(Required(layer, "tensor").GetString()!, dims, type, OptionalText(layer, "producer") ?? "", data)
            : throw new FormatException($"{file} has {data.Length} bytes, not those of [{string.Join(",", dims)}]");
    }

    private static GoldenModel ReadModel(JsonElement root, string directory)
    {
        var inputs = Items(root, "inputs").Select(ReadTensor).ToImmutableArray();
        var outputs = Items(root, "outputs").Select(ReadTensor).ToImmutableArray();
        return new GoldenModel(
            OptionalText(root, "model") ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)),
            OptionalText(root, "onnx"),
            inputs,
            outputs,
            Items(root, "cases").Select((c, index) => ReadCase(c, index, inputs, outputs, directory)).ToImmutableArray()
        );
    }

    private static GoldenTensor ReadTensor(JsonElement tensor)
    {
        var name = Required(tensor, "name").GetString()!;
        var graph = OptionalText(tensor, "onnx_type") is { } type ? ElementType(type) : (OnnxElementType?)null;
        var stored = (OptionalText(tensor, "q_dtype") ?? OptionalText(tensor, "stored")) is { } kept
            ? ElementType(kept)
            : graph ?? OnnxElementType.Float32;
        float? scale = tensor.TryGetProperty("scale", out var s) && s.ValueKind == JsonValueKind.Number ? (float)s.GetDouble() : null;
        var zeroPoint = tensor.TryGetProperty("zero_point", out var z) && z.ValueKind == JsonValueKind.Number ? z.GetInt32() : 0;
        var dims = Items(tensor, "dims").Select(d => d.GetInt32()).ToImmutableArray();
        if (dims.Any(d => d <= 0))
            throw new FormatException($"'{name}' has dimensions [{string.Join(",", dims)}]");
        if (stored == OnnxElementType.Bool)
            return new GoldenTensor(name, dims, OnnxElementType.UInt8, stored, null, 0);
        return stored == OnnxElementType.Int64
            ? new GoldenTensor(name, dims, OnnxElementType.Int32, stored, null, 0)
            : new GoldenTensor(name, dims, stored, graph ?? (scale is null ? stored : OnnxElementType.Float32), scale, zeroPoint);
    }

    private static GoldenCase ReadCase(
        JsonElement c,
        int index,
        ImmutableArray<GoldenTensor> inputs,
        ImmutableArray<GoldenTensor> outputs,
        string directory
    )
    {
        var expected = ReadFiles(c, "outputs", outputs, directory);
        return new GoldenCase(
            OptionalText(c, "name") ?? $"case {index}",
            ReadFiles(c, "inputs", inputs, directory),
            expected,
            c.TryGetProperty("outputs_noopt", out _) ? ReadFiles(c, "outputs_noopt", outputs, directory) : expected,
            c.TryGetProperty("top1", out var top) && top.ValueKind == JsonValueKind.Array
                ? top.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.Number).Select(t => t.GetInt32()).ToImmutableArray()
                : []
        );
    }

    private static ImmutableArray<byte[]> ReadFiles(JsonElement c, string property, ImmutableArray<GoldenTensor> tensors, string directory)
    {
        var names = Items(c, property).Select(f => f.GetString()!).ToArray();
        if (names.Length != tensors.Length)
            throw new FormatException($"a case names {names.Length} {property}, the model has {tensors.Length}");
        return names
            .Zip(
                tensors,
                (file, tensor) =>
                {
                    var bytes = File.ReadAllBytes(Path.Combine(directory, file));
                    if (tensor.IsNumber)
                        bytes = GoldenTensor.Numbers(bytes);
                    return bytes.Length == tensor.StoredBytes
                        ? bytes
                        : throw new FormatException($"{file} has {bytes.Length} bytes, '{tensor.Name}' needs {tensor.StoredBytes}");
                }
            )
            .ToImmutableArray();
    }

    private static OnnxElementType ElementType(string text) =>
        text.ToUpperInvariant() switch
        {
            "FLOAT" or "FLOAT32" => OnnxElementType.Float32,
            "UINT8" => OnnxElementType.UInt8,
            "INT8" => OnnxElementType.Int8,
            "INT16" => OnnxElementType.Int16,
            "INT32" => OnnxElementType.Int32,
            "INT64" => OnnxElementType.Int64,
            "BOOL" => OnnxElementType.Bool,
            _ => throw new FormatException($"'{text}' is no element type of a case"),
        };

    private static JsonElement Required(JsonElement parent, string property) =>
        parent.TryGetProperty(property, out var value) ? value : throw new FormatException($"'{property}' is missing");

    private static IEnumerable<JsonElement> Items(JsonElement parent, string property) => Required(parent, property).EnumerateArray();

    private static string? OptionalText(JsonElement parent, string property) =>
        parent.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
