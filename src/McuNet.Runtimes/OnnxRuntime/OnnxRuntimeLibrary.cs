using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Diagnostics;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>The native ONNX Runtime library: where it lies, and its functions once loaded.</summary>
public sealed class OnnxRuntimeLibrary
{
    /// <summary>The version that build/tools/get-onnxruntime.sh installs and that golden vectors come from.</summary>
    public const string Version = "1.30.0";

    private static readonly ConcurrentDictionary<string, Lazy<OrtApi>> Loaded = new(StringComparer.Ordinal);

    private OnnxRuntimeLibrary(string path) => Path = path;

    public string Path { get; }

    internal OrtApi Api => Loaded.GetOrAdd(Path, p => new Lazy<OrtApi>(() => OrtApi.Load(p))).Value;

    /// <summary>The library that MCUNET_ONNXRUNTIME names (a file or a folder), else the one in the cache; MCU7015 when there is
    /// none.</summary>
    public static StageResult<OnnxRuntimeLibrary> Locate() =>
        LocateAt(Environment.GetEnvironmentVariable("MCUNET_ONNXRUNTIME") is { Length: > 0 } named ? named : CachedFolder);

    internal static string CachedFolder => System.IO.Path.Combine(CacheFolder.Root, "onnxruntime", Version, Platform);

    internal static StageResult<OnnxRuntimeLibrary> LocateAt(string place)
    {
        string[] candidates = [place, .. FileNames.Select(name => System.IO.Path.Combine(place, name))];
        return candidates.FirstOrDefault(File.Exists) is { } file
            ? StageResult<OnnxRuntimeLibrary>.Success(new OnnxRuntimeLibrary(System.IO.Path.GetFullPath(file)))
            : StageResult<OnnxRuntimeLibrary>.Failure(Diagnostic.Create(DiagnosticCatalog.OnnxRuntimeMissing, $"'{place}'", Installer));
    }

    /// <summary>The script that fetches the library, which lies beside this assembly.</summary>
    private static string Installer => System.IO.Path.Combine(AppContext.BaseDirectory, "get-onnxruntime.sh");

    private static string[] FileNames =>
        OperatingSystem.IsWindows() ? ["onnxruntime.dll"]
        : OperatingSystem.IsMacOS() ? ["libonnxruntime.dylib"]
        : ["libonnxruntime.so", "libonnxruntime.so.1"];

    private static string Platform
    {
        get
        {
            var system =
                OperatingSystem.IsWindows() ? "win32"
                : OperatingSystem.IsMacOS() ? "darwin"
                : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }
}
