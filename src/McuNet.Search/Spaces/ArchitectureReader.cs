using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using McuNet.Diagnostics;

namespace McuNet.Search.Spaces;

/// <summary>Reads the JSON of an architecture, canonical or not, and checks that it belongs to a space.</summary>
public static class ArchitectureReader
{
    /// <summary>Error: MCU8008, the text is no architecture or not one of <paramref name="space"/>.</summary>
    public static StageResult<Architecture> Read(ReadOnlyMemory<byte> utf8Json, SearchSpace space, string sourceName)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json);
            var architecture = Root(document.RootElement);
            return Membership.WhyNot(space, architecture) is { } reason ? Failure(reason) : StageResult<Architecture>.Success(architecture);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return Failure(e.Message.TrimEnd('.'));
        }

        StageResult<Architecture> Failure(string reason) =>
            StageResult<Architecture>.Failure(
                Diagnostic.Create(DiagnosticCatalog.ArchitectureInvalid, sourceName, space.Name, reason) with
                {
                    Location = new SourceLocation(sourceName),
                }
            );
    }

    private static Architecture Root(JsonElement root)
    {
        Only(root, "resolution", "width", "first", "stages");
        Only(Field(root, "first"), "kernel");
        return new()
        {
            Resolution = Whole(Field(root, "resolution"), "resolution"),
            Width = Real(Field(root, "width"), "width"),
            FirstKernel = Whole(Field(Field(root, "first"), "kernel"), "first.kernel"),
            Stages = [.. Items(Field(root, "stages"), "stages").Select(Stage)],
        };
    }

    private static StageChoice Stage(JsonElement stage)
    {
        Only(stage, "width", "blocks");
        return new(Real(Field(stage, "width"), "width"), [.. Items(Field(stage, "blocks"), "blocks").Select(Block)]);
    }

    private static BlockChoice Block(JsonElement block)
    {
        Only(block, "kernel", "expand");
        return new(Whole(Field(block, "kernel"), "kernel"), Whole(Field(block, "expand"), "expand"));
    }

    private static void Only(JsonElement element, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"an object with {string.Join(", ", names.ToArray())} is expected");
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name))
                throw new FormatException($"it has an unknown field '{member.Name}'");
        }
    }

    private static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value
            : throw new FormatException($"the field '{name}' is missing");

    private static ImmutableArray<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : throw new FormatException($"'{name}' is not a list");

    private static int Whole(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value)
            ? value
            : throw new FormatException($"'{name}' is not a whole number");

    private static double Real(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value)
            ? value
            : throw new FormatException($"'{name}' is not a number");
}
