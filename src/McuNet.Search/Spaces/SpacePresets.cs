using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Search.Spaces;

/// <summary>The search spaces that come with the tool.</summary>
public static class SpacePresets
{
    private const string Prefix = "space/";

    private static readonly Lazy<ImmutableArray<SearchSpace>> Loaded = new(() =>
        [
            .. typeof(SpacePresets)
                .Assembly.GetManifestResourceNames()
                .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(Load)
                .OrderBy(s => s.Name, StringComparer.Ordinal),
        ]
    );

    /// <summary>In order of name.</summary>
    public static ImmutableArray<SearchSpace> All => Loaded.Value;

    /// <summary>Error: MCU8001, no preset has that name.</summary>
    public static StageResult<SearchSpace> Find(string name) =>
        All.FirstOrDefault(s => s.Name == name) is { } space
            ? StageResult<SearchSpace>.Success(space)
            : StageResult<SearchSpace>.Failure(
                Diagnostic.Create(DiagnosticCatalog.SpaceUnknown, name, string.Join(", ", All.Select(s => s.Name)))
            );

    private static SearchSpace Load(string resource)
    {
        using var stream = typeof(SpacePresets).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return SpaceReader.Read(bytes.ToArray(), resource).Value;
    }
}
