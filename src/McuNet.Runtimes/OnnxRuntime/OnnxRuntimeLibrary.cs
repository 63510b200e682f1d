using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using McuNet.Diagnostics;
using McuNet.Runtimes.Tools;
using Microsoft.ML.OnnxRuntime;

namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>The native library of ONNX Runtime, which does not travel with this program: it lies where MCUNET_ONNXRUNTIME says (a file or
/// a folder), else in the package Microsoft.ML.OnnxRuntime in NuGet's cache, where the first need puts it.</summary>
public static class OnnxRuntimeLibrary
{
    private static readonly Version Bound = typeof(InferenceSession).Assembly.GetName().Version!;

    private static readonly NuGetPackage Package = new("Microsoft.ML.OnnxRuntime", Version);

    private static readonly Lazy<StageResult<string>> Restored = new(Restore);

    private static readonly Lock Loading = new();

    private static bool _isLoaded;

    /// <summary>The version of the package, with which the golden vectors were made.</summary>
    public static string Version => Bound.ToString(3);

    /// <summary>The file of the library where it lies already; MCU7015 where it does not.</summary>
    public static StageResult<string> Locate() =>
        Named is { } place ? LocateAt(place, "MCUNET_ONNXRUNTIME names that place") : LocateIn(Package.CachedFolder, "it was not restored");

    /// <summary>The file of the library, after restoring its package where it is in no cache; MCU7015 where it cannot be had.</summary>
    public static StageResult<string> Acquire() => Locate() is { Succeeded: false } && Named is null ? Restored.Value : Locate();

    /// <summary>Loads the library, once a process.</summary>
    /// <exception cref="OnnxRuntimeException">It is missing, or no library of ONNX Runtime.</exception>
    internal static void Load()
    {
        var found = Acquire();
        if (!found.Succeeded)
            throw new OnnxRuntimeException(found.Diagnostics[0]);
        lock (Loading)
        {
            if (_isLoaded)
                return;
            var library = Open(found.Value);
            OrtEnv.DisableDllImportResolver = true;
            NativeLibrary.SetDllImportResolver(typeof(InferenceSession).Assembly, (name, _, _) => name == "onnxruntime" ? library : 0);
            var options = new EnvironmentCreationOptions { logId = "mcunet", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
            OrtEnv.CreateInstanceWithOptions(ref options);
            _isLoaded = true;
        }
    }

    /// <summary>A handle of the library, whose table of functions is at least as long as the package expects.</summary>
    /// <exception cref="OnnxRuntimeException">The file is no library, none of ONNX Runtime, or an older one.</exception>
    internal static unsafe nint Open(string path)
    {
        nint library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw OnnxRuntimeException.Refusal("be loaded", e.Message);
        }
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var entry))
            throw OnnxRuntimeException.Refusal("be loaded", $"'{path}' has no OrtGetApiBase");
        var functions = (nint*)((delegate* unmanaged<nint>)entry)();
        var stated = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)functions[1])());
        return System.Version.TryParse(stated, out var version) && version >= new Version(Bound.Major, Bound.Minor)
            ? library
            : throw OnnxRuntimeException.Refusal("be loaded", $"'{path}' has version {stated}, older than {Version}");
    }

    internal static StageResult<string> LocateAt(string place, string reason)
    {
        string[] candidates = [place, .. FileNames.Select(name => Path.Combine(place, name))];
        return candidates.FirstOrDefault(File.Exists) is { } file
            ? StageResult<string>.Success(Path.GetFullPath(file))
            : StageResult<string>.Failure(
                Diagnostic.Create(DiagnosticCatalog.OnnxRuntimeMissing, $"'{place}'", reason.TrimEnd('.'), Version)
            );
    }

    private static string? Named => Environment.GetEnvironmentVariable("MCUNET_ONNXRUNTIME") is { Length: > 0 } place ? place : null;

    private static StageResult<string> Restore()
    {
        var (folder, problem) = Package.Restore(Environment.CurrentDirectory);
        return LocateIn(folder ?? Package.CachedFolder, folder is null ? problem : "the package has none for this system");
    }

    private static StageResult<string> LocateIn(string package, string reason) =>
        LocateAt(Path.Combine(package, "runtimes", Platform, "native"), reason);

    private static string[] FileNames =>
        OperatingSystem.IsWindows() ? ["onnxruntime.dll"]
        : OperatingSystem.IsMacOS() ? ["libonnxruntime.dylib"]
        : ["libonnxruntime.so", "libonnxruntime.so.1"];

    private static string Platform
    {
        get
        {
            var system =
                OperatingSystem.IsWindows() ? "win"
                : OperatingSystem.IsMacOS() ? "osx"
                : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }
}
