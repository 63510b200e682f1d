using System;
using System.IO;
using System.Threading;
using McuNet.Search.Training;
using Xunit;

namespace McuNet.Search.Tests.Training;

/// <summary>The Python that can train, and the folders its tests need.</summary>
internal static class Torch
{
    private static readonly Lazy<PythonEnvironment?> Found = new(Find, LazyThreadSafetyMode.ExecutionAndPublication);

    public static PythonEnvironment? Python => Found.Value;

    public static string Repository { get; } = FindRepository();

    public static string MnistFolder => Path.GetFullPath(Path.Combine(Repository, "..", "shared", "data", "mnist"));

    private static PythonEnvironment? Find()
    {
        var chosen = Environment.GetEnvironmentVariable("MCUNET_PYTHON");
        var search = Environment.GetEnvironmentVariable("PATH") + Path.PathSeparator + "/usr/bin";
        var found = PythonEnvironment
            .FindAsync(search, string.IsNullOrEmpty(chosen) ? null : chosen, dataset: null)
            .GetAwaiter()
            .GetResult();
        return found.ValueOrNull is { IsComplete: true } python ? python : null;
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "McuNet.Build.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("McuNet.Build.sln is in no folder above the tests");
    }
}

/// <summary>A test that trains; skipped, visibly, without PyTorch.</summary>
public sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute() => Skip = Torch.Python is null ? "no Python with PyTorch and NumPy (apt-get install python3-torch)" : null;
}

/// <summary>The same, on the MNIST files beside the repository.</summary>
public sealed class TorchOnMnistFactAttribute : FactAttribute
{
    public TorchOnMnistFactAttribute() =>
        Skip =
            Torch.Python is null ? "no Python with PyTorch and NumPy (apt-get install python3-torch)"
            : Directory.Exists(Torch.MnistFolder) ? null
            : "../shared is absent";
}
