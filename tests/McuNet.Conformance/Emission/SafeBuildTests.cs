using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Conformance.Emission;

/// <summary>Generated C refuses to be built for what it was not made for, and its header is C11 and C++17.</summary>
public sealed class SafeBuildTests
{
    private static readonly Dictionary<string, CompiledModel> Models = new[] { "stm32l4r5", "corstone300", "stm32g0b1" }.ToDictionary(
        d => d,
        Network
    );

    [ArmTheory]
    [InlineData("stm32l4r5", "cortex-m4f", "", null)]
    [InlineData("stm32l4r5", "cortex-m33", "", null)]
    [InlineData("stm32l4r5", "cortex-m0", "", "the DSP extension and an FPU")]
    [InlineData("stm32l4r5", "cortex-m3", "", "the DSP extension and an FPU")]
    [InlineData("stm32l4r5", "cortex-m4f", "-mfloat-abi=soft", "the DSP extension and an FPU")]
    [InlineData("stm32l4r5", "cortex-m0", "-DMN_ALLOW_OTHER_CORE", null)]
    [InlineData("corstone300", "cortex-m55", "", null)]
    [InlineData("corstone300", "cortex-m4f", "-DMN_ALLOW_OTHER_CORE", "integer and float vectors (MVE)")]
    [InlineData("stm32g0b1", "cortex-m0", "", null)]
    [InlineData("stm32g0b1", "cortex-m4f", "", null)]
    public void Compile_ForACore_StopsWhereItLacksWhatTheKernelsNeed(string device, string board, string flag, string? needs)
    {
        var compiler = Toolbox.FromEnvironment().TryFind(Tool.ArmCompiler)!;
        var outcome = CompiledC.In(folder =>
            new ToolProcess(
                compiler,
                [
                    "-std=c11",
                    "-Wundef",
                    "-Werror",
                    .. QemuBoard.Find(board)!.CompilerFlags,
                    .. Words(flag),
                    "-fsyntax-only",
                    CompiledC.Write(Models[device], folder).SourceFile,
                ],
                folder,
                TimeSpan.FromMinutes(1)
            ).Run()
        );
        Assert.Equal(needs is null, outcome.Succeeded);
        Assert.Contains(
            needs is null ? "" : $"#error \"the kernels of net need a core with {needs},",
            outcome.Error,
            StringComparison.Ordinal
        );
    }

    [HostCompilerFact]
    public void Compile_DspKernelsOnThisMachine_TakesThePlainC() => Assert.True(Check(Host, "net.c", "c11", "").Succeeded);

    [HostCompilerFact]
    public void Header_C11AndCpp17_Compiles()
    {
        foreach (var (compiler, language) in Compilers)
        {
            var outcome = Check(compiler, "use", language, "-pedantic");
            Assert.True(outcome.Succeeded, outcome.Error);
        }
    }

    [HostCompilerFact]
    public void Header_AlignmentBelowThatOfAPointer_IsRefused()
    {
        foreach (var (compiler, language) in Compilers)
        {
            var outcome = Check(compiler, "use", language, "", ("_ARENA_ALIGNMENT 16", "_ARENA_ALIGNMENT 2"));
            Assert.False(outcome.Succeeded);
            Assert.Contains("tensors in the arena would not be aligned", outcome.Error, StringComparison.Ordinal);
        }
    }

    [HostCompilerTheory]
    [InlineData("", 0, 0)]
    [InlineData("", 4, 0)]
    [InlineData("-DMN_ASSERT(condition)=if(!(condition))exit(3)", 0, 0)]
    [InlineData("-DMN_ASSERT(condition)=if(!(condition))exit(3)", 4, 3)]
    [InlineData("-DNDEBUG -DMN_ASSERT(condition)=if(!(condition))exit(3)", 4, 0)]
    public void Invoke_ArenaOffItsAlignment_IsAssertedWhereTheProjectSaysHow(string flags, int offset, int exitCode) =>
        CompiledC.In(folder =>
        {
            CompiledC.Write(Models["stm32g0b1"], folder);
            File.WriteAllText(
                Path.Combine(folder, "main.c"),
                $$"""
                #include <stdlib.h>
                #include "net.c"
                static _Alignas(16) uint8_t memory[NET_ARENA_BYTES + 16];
                int main(void)
                {
                    net_invoke(memory + {{offset}});
                    return 0;
                }

                """
            );
            var built = Run(Host, folder, ["-std=c11", .. Words(flags), "main.c", "-o", "program"]);
            Assert.True(built.Succeeded, built.Error);
            Assert.Equal(exitCode, Run(Path.Combine(folder, "program"), folder, []).ExitCode);
            return true;
        });

    [Fact]
    public void Header_Figures_AreThoseOfTheFootprintAndTheBudgets()
    {
        var options = new CompileOptions
        {
            Name = "net",
            Device = DeviceDatabase.Find("stm32l4r5").Value,
            Budgets = new(SramBytes: 90000, LatencyMs: 12.5),
        };
        var compilation = ModelCompiler.Compile(RandomNetwork.Build(3), options).Value;
        var header = CEmitter.Emit(compilation.Program, new Footprint(1000, 234, 560, Measured: true).Stated(options))[0].Text;
        Assert.All(
            [
                "STACK_BYTES 560",
                "FLASH_BYTES 1234",
                $"CYCLES {(long)compilation.Model.Cycles}",
                "SRAM_BUDGET_BYTES 90000",
                $"FLASH_BUDGET_BYTES {options.Device.FlashBudgetBytes}",
                "LATENCY_BUDGET_US 12500",
                "ENERGY_BUDGET_UJ 0",
                "ARENA_ALIGNMENT 16",
            ],
            line => Assert.Contains($"#define NET_{line}\n", header, StringComparison.Ordinal)
        );
        Assert.Contains("both measured", header, StringComparison.Ordinal);
    }

    private static string Host => Toolbox.FromEnvironment().TryFind(Tool.HostCompiler)!;

    private static readonly (string Compiler, string Language)[] Compilers =
    [
        .. new[] { ("gcc", "c11"), ("g++", "c++17"), ("clang", "c11"), ("clang++", "c++17") }.Where(c => Find(c.Item1) is not null),
    ];

    /// <summary>The first random network whose kernels have assembly for the device's core; any where that has none.</summary>
    private static CompiledModel Network(string device) =>
        Enumerable
            .Range(1, 40)
            .Select(seed =>
                ModelCompiler.Compile(
                    RandomNetwork.Build(seed),
                    new CompileOptions
                    {
                        Name = "net",
                        Device = DeviceDatabase.Find(device).Value,
                        Input = InputMode.Resident,
                    }
                )
            )
            .First(m =>
                m.Succeeded
                && (
                    device == "stm32g0b1"
                    || m.Value.Model.Kernels.Any(k => (k.Required & (DeviceFeatures.FpuSingle | DeviceFeatures.MveInteger)) != 0)
                )
            )
            .Value.Model;

    /// <summary>Compiles the source file, or a use of the header alone, without writing anything.</summary>
    private static ToolOutcome Check(string compiler, string file, string language, string flag, (string Of, string By)? replace = null) =>
        CompiledC.In(folder =>
        {
            foreach (var generated in CEmitter.Emit(ProgramBuilder.C(Models["stm32l4r5"])))
                File.WriteAllText(
                    Path.Combine(folder, generated.Name),
                    replace is var (of, by) ? generated.Text.Replace(of, by, StringComparison.Ordinal) : generated.Text
                );
            File.WriteAllText(
                Path.Combine(folder, "use"),
                "#include \"net.h\"\n#include \"net.h\"\nint bytes(void);\nint bytes(void) { return NET_ARENA_BYTES; }\n"
            );
            var source = file == "use" ? new[] { "-x", language.StartsWith("c++", StringComparison.Ordinal) ? "c++" : "c", file } : [file];
            return Run(
                compiler,
                folder,
                [$"-std={language}", "-Wall", "-Wextra", "-Werror", .. Words(flag), "-I", ".", "-fsyntax-only", .. source]
            );
        });

    private static ToolOutcome Run(string program, string folder, string[] arguments) =>
        new ToolProcess(Find(program) ?? program, arguments, folder, TimeSpan.FromMinutes(1)).Run();

    private static string? Find(string program) => Toolbox.FromEnvironment().TryFind(new Tool([program], "", ""));

    private static string[] Words(string flags) => flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
