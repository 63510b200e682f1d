using System;
using System.IO;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Runtimes.Tests.Support;

/// <summary>Folders around the tests.</summary>
internal static class Folders
{
    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = Find();

    /// <summary>Real models and golden vectors, kept beside the repository; MCUNET_SHARED names another place.</summary>
    public static string Shared { get; } =
        Environment.GetEnvironmentVariable("MCUNET_SHARED") ?? Path.GetFullPath(Path.Combine(Repository, "..", "shared"));

    public static string Models => Path.Combine(Shared, "models");

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "McuNet.Build.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? AppContext.BaseDirectory;
    }
}

/// <summary>What a test needs from the machine.</summary>
internal static class Needs
{
    public static string? Models => Directory.Exists(Folders.Models) ? null : $"{Folders.Models} is absent";

    public static string? OnnxRuntime => OnnxRuntimeLibrary.Locate().Succeeded ? null : "ONNX Runtime is not installed";

    public static string? Arm => Missing(Tool.QemuArm) ?? Missing(Tool.ArmCompiler);

    public static string? HostCompiler => Missing(Tool.HostCompiler);

    private static string? Missing(Tool tool) =>
        Toolbox.FromEnvironment().TryFind(tool) is null ? $"{tool.Names[0]} is not installed" : null;
}

public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = Needs.Models;
}

public sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() => Skip = Needs.Models ?? Needs.OnnxRuntime;
}

public sealed class OnnxRuntimeTheoryAttribute : TheoryAttribute
{
    public OnnxRuntimeTheoryAttribute() => Skip = Needs.Models ?? Needs.OnnxRuntime;
}

public sealed class HostCompilerFactAttribute : FactAttribute
{
    public HostCompilerFactAttribute() => Skip = Needs.HostCompiler;
}

public sealed class HostCompilerTheoryAttribute : TheoryAttribute
{
    public HostCompilerTheoryAttribute() => Skip = Needs.HostCompiler;
}

public sealed class ArmFactAttribute : FactAttribute
{
    public ArmFactAttribute() => Skip = Needs.Arm ?? Needs.HostCompiler;
}

public sealed class ArmTheoryAttribute : TheoryAttribute
{
    public ArmTheoryAttribute() => Skip = Needs.Arm ?? Needs.HostCompiler;
}
