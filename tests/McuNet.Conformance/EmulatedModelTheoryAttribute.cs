using System;
using System.IO;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Conformance;

/// <summary>A test that needs the shared models beside the repository, QEMU and the Arm compiler.</summary>
internal sealed class EmulatedModelTheoryAttribute : TheoryAttribute
{
    public EmulatedModelTheoryAttribute()
    {
        if (!Directory.Exists(Models))
            Skip = $"{Models} is absent";
        else if (Toolbox.FromEnvironment() is var tools && (tools.TryFind(Tool.QemuArm) is null || tools.TryFind(Tool.ArmCompiler) is null))
            Skip = "qemu-system-arm or arm-none-eabi-gcc is not installed";
    }

    public static string Models { get; } = Path.Combine(Shared(), "models", "onnx");

    private static string Shared()
    {
        if (Environment.GetEnvironmentVariable("MCUNET_SHARED") is { } named)
            return named;
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "McuNet.Build.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder ?? AppContext.BaseDirectory, "..", "shared");
    }
}
