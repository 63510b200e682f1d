using System;
using System.Globalization;
using System.IO;
using McuNet.Compiler.Devices;
using McuNet.Diagnostics;
using McuNet.Search.Spaces;

namespace McuNet.Search.Runs;

/// <summary>Reads a search file and what it names.</summary>
public static class SearchSetup
{
    /// <summary>
    /// The job of a search file. Errors: MCU8040 to MCU8044 for the file, MCU8001 to MCU8006 for its space, MCU5001 to MCU5007 for the
    /// device.
    /// </summary>
    /// <param name="device">Replaces the file's; null to keep it.</param>
    /// <param name="seed">Replaces the file's; null to keep it. So does <paramref name="seeds"/>, for how often a network is
    /// trained.</param>
    public static StageResult<SearchJob> Load(string path, string? device, ulong? seed, string folder, int threads, int? seeds = null) =>
        Bytes(path)
            .Then(bytes => SearchFileReader.Read(bytes, path))
            .Then(read =>
            {
                var file = read with { Seed = seed ?? read.Seed, FineTune = read.FineTune with { Seeds = seeds ?? read.FineTune.Seeds } };
                var home = Path.GetDirectoryName(Path.GetFullPath(path))!;
                if ((device ?? file.Device) is not { } name)
                    return StageResult<SearchJob>.Failure(
                        Diagnostic.Create(DiagnosticCatalog.SearchFieldMissing, "$", "device") with
                        {
                            Location = new SourceLocation(path, 1, 1),
                        }
                    );
                var dataset = Path.Combine(home, file.Dataset);
                if (!File.Exists(dataset))
                    return StageResult<SearchJob>.Failure(Unreadable(dataset, "it does not exist"));
                return Space(home, file.Space)
                    .Then(space =>
                        DeviceOf(device is null ? home : "", name)
                            .Then(found =>
                                StageResult<SearchJob>.Success(
                                    new SearchJob(file with { Device = null }, space, found, dataset, folder, threads)
                                )
                            )
                    );
            });

    /// <summary>The stamp of a search that <see cref="Load"/> accepts, with the same arguments.</summary>
    public static string Stamp(string path, string? device, ulong? seed, int? seeds = null)
    {
        var bytes = File.ReadAllBytes(path);
        var file = SearchFileReader.Read(bytes, path).Value;
        var named = SearchStamp.Named(
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            file.Space,
            file.Dataset,
            device is null ? file.Device : Path.GetFullPath(device),
            f => File.Exists(f) ? File.ReadAllBytes(f) : null
        );
        var asked = seeds is null ? seed?.ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"{seed}, {seeds} seeds");
        return SearchStamp.Of(bytes, device, asked, named);
    }

    private static StageResult<SearchSpace> Space(string home, string name)
    {
        var path = Path.Combine(home, name);
        return File.Exists(path) ? Bytes(path).Then(bytes => SpaceReader.Read(bytes, path)) : SpacePresets.Find(name);
    }

    private static StageResult<Device> DeviceOf(string home, string name)
    {
        var path = Path.Combine(home, name);
        return name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && File.Exists(path)
            ? Bytes(path).Then(bytes => DeviceReader.Read(bytes, path))
            : DeviceDatabase.Find(name);
    }

    private static StageResult<byte[]> Bytes(string path)
    {
        try
        {
            return StageResult<byte[]>.Success(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return StageResult<byte[]>.Failure(Unreadable(path, e.Message.TrimEnd('.')));
        }
    }

    private static Diagnostic Unreadable(string path, string reason) =>
        Diagnostic.Create(DiagnosticCatalog.SearchFileUnreadable, path, reason) with
        {
            Location = new SourceLocation(path),
        };
}
