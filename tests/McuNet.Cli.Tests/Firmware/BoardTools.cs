using System.IO;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Runtimes.Tools;
using McuNet.Tests;
using Xunit;

namespace McuNet.Cli.Tests.Firmware;

/// <summary>Builds firmware projects as their README says, and runs them on an emulated board.</summary>
internal static class BoardTools
{
    public static readonly Tool CMake = new(["cmake"], "configure firmware projects", "cmake");

    public static string? Missing =>
        new[] { Tool.ArmCompiler, Tool.QemuArm, CMake }
            .Where(t => !Toolbox.FromEnvironment().Find(t).Succeeded)
            .Select(t => $"{t.Names[0]} is not installed")
            .FirstOrDefault();

    public static void Build(string folder, params string[] options)
    {
        ProgramRun.Good("cmake", ["-S", ".", "-B", "build", "-DCMAKE_TOOLCHAIN_FILE=arm-none-eabi.cmake", .. options], folder);
        ProgramRun.Good("cmake", ["--build", "build"], folder);
    }

    /// <summary>Runs it by counted instructions, each 32 ns, so that the clocks of the board do not depend on this machine's; gives the
    /// file with its log.</summary>
    public static string Execute(string folder, string machine, string serial = "none")
    {
        var run = ProgramRun.Of(
            "qemu-system-arm",
            [
                "-M",
                machine,
                "-display",
                "none",
                "-monitor",
                "none",
                "-serial",
                serial,
                "-semihosting-config",
                "enable=on,target=native",
                "-icount",
                "shift=5",
                "-kernel",
                "build/bench.elf",
            ],
            folder
        );
        var log = Path.Combine(folder, "bench.log");
        if (serial == "none")
            File.WriteAllText(log, run.Output + run.Error);
        return log;
    }
}

/// <summary>Needs the cross compiler, CMake and QEMU; skipped, visibly, without.</summary>
public sealed class BoardFactAttribute : FactAttribute
{
    public BoardFactAttribute() => Skip = BoardTools.Missing;
}

public sealed class BoardTheoryAttribute : TheoryAttribute
{
    public BoardTheoryAttribute() => Skip = BoardTools.Missing;
}
