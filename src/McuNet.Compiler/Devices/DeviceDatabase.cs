using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Devices;

/// <summary>The devices that come with the compiler, one embedded manifest each.</summary>
public static class DeviceDatabase
{
    private const string Prefix = "device/";

    private static readonly Lazy<ImmutableArray<Device>> Devices = new(Load);

    private static readonly Lazy<Dictionary<string, Device>> ByKey = new(() =>
        All.SelectMany(d => d.Aliases.Append(d.Id).Select(name => (Key: DeviceNames.Key(name), Device: d)))
            .ToDictionary(p => p.Key, p => p.Device, StringComparer.Ordinal)
    );

    /// <summary>All devices, by id.</summary>
    public static ImmutableArray<Device> All => Devices.Value;

    /// <summary>
    /// The device with that id or alias; case, dashes, underscores and spaces do not matter. Error: MCU5001, which names the
    /// three devices with the nearest names.
    /// </summary>
    public static StageResult<Device> Find(string? idOrNull)
    {
        var name = idOrNull?.Trim() ?? "";
        return ByKey.Value.TryGetValue(DeviceNames.Key(name), out var device)
            ? StageResult<Device>.Success(device)
            : StageResult<Device>.Failure(
                Diagnostic.Create(DiagnosticCatalog.DeviceUnknown, name, string.Join(", ", DeviceNames.Nearest(name, All, 3)))
            );
    }

    private static ImmutableArray<Device> Load()
    {
        var assembly = typeof(DeviceDatabase).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(n => DeviceReader.Read(Content(assembly, n), n).Value)
                .OrderBy(d => d.Id, StringComparer.Ordinal),
        ];
    }

    private static byte[] Content(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
