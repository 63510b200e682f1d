using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.Qemu;

namespace McuNet.Runtimes.Firmware;

/// <summary>
/// Writes the project of a program that runs a network on a board, compares its outputs and measures its cycles: the runner and start-up of
/// the emulated boards, with a port that keeps cases in flash and prints a log (<see cref="BoardLog"/>).
/// </summary>
public static class FirmwareProject
{
    /// <summary>How often each case is measured whole, and how often layers are.</summary>
    public const int Runs = 5;

    public const string ModelFolder = "model";

    private static readonly string[] Copied =
    [
        "runner.c",
        "port.h",
        "start.c",
        "semihost.h",
        "sections.ld",
        "bench.h",
        "bench_core.c",
        "bench_log.c",
        "bench_port.c",
    ];

    private static readonly string[] Filled = ["CMakeLists.txt", "arm-none-eabi.cmake", "README.md"];

    /// <summary>Flash that the program takes beside network and cases: start-up, runner, log, library.</summary>
    public const int ProgramBytes = 8 * 1024;

    /// <summary>Name and text of every file but the generated C, which belongs into the folder <see cref="ModelFolder"/>.</summary>
    public static IEnumerable<(string Name, string Text)> Files(FirmwareContent content)
    {
        foreach (var name in Copied)
            yield return (name, Resource(name));
        foreach (var name in Filled)
            yield return (name, Fill(Resource(name), content));
        yield return ("binding.h", RunnerFiles.Binding(content.Artifact));
        yield return (
            "device.ld",
            $"/* Memory of {content.Target.Part}, from its device file. */\n"
                + LinkMemory.Script(content.Target.Vectors, content.Target.Flash, content.Target.Ram, content.StackBytes)
        );
        yield return ("bench_config.h", Configuration(content));
        yield return ("bench_cases.c", FirmwareData.Text(content));
    }

    private static string Resource(string name) => Encoding.UTF8.GetString(RunnerFiles.Resource(name));

    private static string Fill(string template, FirmwareContent content) =>
        new StringBuilder(template)
            .Replace("@NAME@", content.Artifact.Name)
            .Replace("@DEVICE@", content.Target.Id)
            .Replace("@PART@", content.Target.Part)
            .Replace("@MACHINE@", string.Join(' ', content.Target.Flags))
            .Replace("@CASES@", Number(content.Cases.Length))
            .Replace("@RUNS@", Number(Runs))
            .Replace("@DEFINITIONS@", content.Target.Core == "cortex-m0plus" ? "MN_VTOR" : "")
            .Replace(
                "@BOOT@\n",
                content.Target.BootsFromFlash
                    ? ""
                    : "   A reset of this chip needs a header that the vendor's SDK puts into its flash; without it, start in gdb, which begins at the entry point.\n"
            )
            .ToString();

    private static string Configuration(FirmwareContent content)
    {
        var (identity, target) = (content.Identity, content.Target);
        var lines = new List<string>
        {
            "/* What this firmware runs, written by mcunet. */",
            "#ifndef BENCH_CONFIG_H",
            "#define BENCH_CONFIG_H",
            $"#define BENCH_PROJECT \"{identity.Project}\"",
            $"#define BENCH_MODEL \"{identity.Name}\"",
            $"#define BENCH_MODEL_HASH \"{identity.FileHash}\"",
            $"#define BENCH_CODE_HASH \"{identity.CodeHash}\"",
            $"#define BENCH_DEVICE \"{identity.Device}\"",
            $"#define BENCH_CORE \"{target.Core}\"",
            $"#define BENCH_CACHES {(target.HasCaches ? 1 : 0)}",
            $"#define BENCH_CASES {Number(content.Cases.Length)}u",
            $"#define BENCH_RUNS {Number(Runs)}u",
            $"#define BENCH_INPUT_BYTES {Number(content.Artifact.InputBytes.Sum())}u",
            $"#define BENCH_OUTPUT_BYTES {Number(content.Artifact.OutputBytes.Sum())}u",
            $"#define BENCH_LAYERS {Number(content.Tensors.Length)}u",
            "#endif",
            "",
        };
        return string.Join('\n', lines);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
