using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Runtimes.Tools;
using McuNet.Tests;
using Xunit;

namespace McuNet.Search.Tests.Support;

/// <summary>What a test needs from the machine: null where it is there, else why not.</summary>
internal static class Needs
{
    private static readonly Lazy<string?> Torch = new(() => Interpreters().FirstOrDefault(ImportsTorch));

    public static string? OnnxRuntime => OnnxRuntimeLibrary.Locate().Succeeded ? null : "ONNX Runtime is not installed";

    public static string? HostCompiler =>
        Toolbox.FromEnvironment().TryFind(Tool.HostCompiler) is null ? "no C compiler is installed" : null;

    public static string? PyTorch => Torch.Value is null ? "Python with PyTorch is not installed" : null;

    /// <summary>The first interpreter of the PATH that has PyTorch.</summary>
    public static string Python => Torch.Value!;

    private static IEnumerable<string> Interpreters() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "python3", "python.exe" }.Select(name => Path.Combine(folder, name)))
            .Where(File.Exists);

    private static bool ImportsTorch(string python) => ProgramRun.Of(python, ["-c", "import torch, numpy"]).Succeeded;
}

/// <summary>Folders around the tests.</summary>
internal static class Folders
{
    public static string Repository { get; } = Find();

    public static string Trainer => Path.Combine(Repository, "src", "McuNet.Search", "Trainer");

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "McuNet.Build.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? AppContext.BaseDirectory;
    }
}

/// <summary>Needs ONNX Runtime and a C compiler; skipped, visibly, where one is absent.</summary>
public sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() => Skip = Needs.OnnxRuntime ?? Needs.HostCompiler;
}

/// <summary>Needs ONNX Runtime and Python with PyTorch; skipped, visibly, where one is absent.</summary>
public sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute() => Skip = Needs.OnnxRuntime ?? Needs.PyTorch;
}
