using System.Collections.Immutable;

namespace McuNet.Runtimes.Tools;

/// <summary>A program this project calls.</summary>
/// <param name="Names">File names without extension; the first one found counts.</param>
/// <param name="Purpose">Completes "it is needed to ...".</param>
/// <param name="Package">Debian packages that hold it.</param>
public sealed record Tool(ImmutableArray<string> Names, string Purpose, string Package)
{
    public static readonly Tool HostCompiler = new(["gcc", "cc", "clang"], "compile generated C for this machine", "gcc libc6-dev");

    public static readonly Tool ArmCompiler = Arm("gcc");

    public static readonly Tool ArmNm = Arm("nm");

    public static readonly Tool QemuArm = new(["qemu-system-arm"], "run generated C on emulated Cortex-M boards", "qemu-system-arm");

    public static readonly Tool DotNet = new(["dotnet"], "restore packages", "dotnet-sdk-10.0");

    private static Tool Arm(string name) =>
        new([$"arm-none-eabi-{name}"], "compile generated C for Cortex-M", "gcc-arm-none-eabi libnewlib-arm-none-eabi");
}
