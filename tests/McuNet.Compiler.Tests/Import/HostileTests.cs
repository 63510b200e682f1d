using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Broken and hostile models: refused by a diagnostic that names the fault, or computed wide enough to be right.</summary>
public sealed class HostileTests
{
    /// <summary>Nothing is wrong with these.</summary>
    private static readonly string[] Sound =
    [
        "clip_min_above_max",
        "dense_140000_inputs",
        "dense_accumulator_overflow",
        "zero_point_correction_overflow",
    ];

    [SharedFact]
    public void Compile_EveryHostileModel_IsRefusedOrComputedWide()
    {
        var problems = new List<string>();
        foreach (var file in Directory.GetFiles(Shared.Path("hostile"), "*.onnx").Order(System.StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var result = ModelCompiler.Compile(
                File.ReadAllBytes(file),
                name,
                new CompileOptions { Name = "net", Device = DeviceDatabase.Find("stm32h743").Value }
            );
            if (result.Succeeded != Sound.Contains(name))
                problems.Add($"{name} is {(result.Succeeded ? "accepted" : "refused")}: {string.Join(' ', result.Diagnostics)}");
            if (result.Diagnostics.Any(d => d.Id is "MCU2001" or "MCU9000" || d.Message.Contains('\n')))
                problems.Add($"{name}: {result.Diagnostics[0]}");
        }

        Assert.Empty(problems);
    }
}
