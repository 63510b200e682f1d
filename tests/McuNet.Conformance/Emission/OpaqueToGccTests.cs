using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Tests.Emit.C;
using McuNet.Conformance.Models;
using McuNet.Conformance.Networks;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Conformance.Emission;

/// <summary>GCC concludes nothing about a function of generated C through which the arena or a row passes, so it cannot drop a call of one
/// (docs/decisions/0009).</summary>
public sealed class OpaqueToGccTests
{
    private const string Opaque = "__attribute__((noipa))";
    private const int Together = 20;

    /// <summary>A loop that GCC 12 loses where it may look into the function: it reads at twice the pace at which it writes.</summary>
    private const string Loop = """
        MN_SHARED void every_second(uint8_t *words)
        {
            for (uint32_t i = 0; i < 12u; i++)
                memcpy(words + i * 8u, words + i * 16u + 8u, 8);
        }
        int main(void)
        {
            uint8_t words[192];
            for (uint32_t i = 0; i < sizeof words; i++)
                words[i] = (uint8_t)i;
            every_second(words);
            for (uint32_t i = 0; i < 96u; i++)
                if (words[i] != i / 8u * 16u + 8u + i % 8u)
                    return 1;
            return 0;
        }

        """;

    public static TheoryData<string, string> CoresAndLevels { get; } = Chosen();

    [ArmTheory]
    [MemberData(nameof(CoresAndLevels))]
    public void Gcc_RandomNetworks_ConcludesNothing(string board, string level)
    {
        var drawn = new DrawnNetworks($"dumps {board} {level}", [DeviceOf(board)]);
        string[] flags = [.. QemuBoard.Find(board)!.CompilerFlags, level];
        var exposed = 0;
        foreach (var networks in drawn.Networks(SweepSize.Dumped).Chunk(Together))
        {
            exposed += CompiledC.In(folder =>
            {
                var file = new NetworkBatch(networks).Write(folder).SourceFile;
                AssertOpaque(Arm!, file, [.. flags]);
                return SweepSize.IsSweep ? ExposedWithout(Arm!, file, flags) : 0;
            });
        }
        drawn.Note(SweepSize.Dumped, 0);
        (drawn with { Mode = drawn.Mode + " without noipa, functions exposed" }).Note(SweepSize.Dumped, exposed);
    }

    [RealModelTheory]
    [InlineData("mlperf_kws_dscnn_int8", "-O2")]
    [InlineData("mlperf_resnet8_int8", "-O1")]
    [InlineData("mlperf_vww_int8", "-O2")]
    [InlineData("tflm_hello_int8", "-O3")]
    public void Gcc_RealModelOnHost_ConcludesNothing(string name, string level) =>
        CompiledC.In(folder =>
        {
            AssertOpaque(Gcc!, CompiledC.Write(RealModel.Of(name).Compile(Plan.Rows), folder).SourceFile, [level]);
            return true;
        });

    [Gcc12Fact]
    public void Gcc_LoopOfAFunctionThatIsNotOpaque_OverlooksItsStores() =>
        CompiledC.In(folder =>
        {
            var (file, program) = Program(folder, "__attribute__((noinline))");
            var conclusions = GccConclusion.Of(Gcc!, file, "-O2");
            Assert.Contains(new GccConclusion("every_second", "const"), conclusions);
            Assert.Contains(conclusions, c => c.Function == "every_second" && c.OverlooksStores);
            Assert.Equal(1, program);
            return true;
        });

    [Gcc12Fact]
    public void Gcc_LoopOfAnOpaqueFunction_IsKept() =>
        CompiledC.In(folder =>
        {
            var (file, program) = Program(folder, Opaque);
            Assert.DoesNotContain(GccConclusion.Of(Gcc!, file, "-O2"), c => c.Function == "every_second");
            Assert.Equal(0, program);
            return true;
        });

    /// <summary>Every core at four levels in a drawn, at one in the gate.</summary>
    private static TheoryData<string, string> Chosen()
    {
        string[] levels = ["-O2", "-O1", "-Os", "-O3"];
        var data = new TheoryData<string, string>();
        for (var board = 0; board < QemuBoard.All.Length; board++)
        {
            foreach (var level in SweepSize.IsSweep ? levels : levels[(board % 3)..(board % 3 + 1)])
                data.Add(QemuBoard.All[board].Id, level);
        }
        return data;
    }

    internal static string? Arm { get; } = Toolbox.FromEnvironment().TryFind(Tool.ArmCompiler);

    /// <summary>The same fault where the cross compiler has it: bytes instead of words of eight.</summary>
    [Gcc12Theory]
    [InlineData("cortex-m3", "-O1")]
    [InlineData("cortex-m4f", "-O2")]
    [InlineData("cortex-m55", "-O2")]
    public void Gcc_LoopOnCortexM_LosesStoresUnlessItIsOpaque(string board, string level) =>
        CompiledC.In(folder =>
        {
            string[] flags = [.. QemuBoard.Find(board)!.CompilerFlags, level];
            var bytes = Loop.Replace("8u", "1u", StringComparison.Ordinal)
                .Replace("16u", "2u", StringComparison.Ordinal)
                .Replace(", 8)", ", 1)", StringComparison.Ordinal);
            Assert.Contains(
                GccConclusion.Of(Arm!, Write(folder, bytes, "__attribute__((noinline))"), flags),
                c => c.Function == "every_second" && c.OverlooksStores
            );
            Assert.DoesNotContain(GccConclusion.Of(Arm!, Write(folder, bytes, Opaque), flags), c => c.Function == "every_second");
            return true;
        });

    internal static string? Gcc { get; } = Toolbox.FromEnvironment().TryFind(new Tool(["gcc"], "", ""));

    /// <summary>The device whose kernels a board runs.</summary>
    internal static string DeviceOf(string board) =>
        board switch
        {
            "cortex-m0" => "stm32g0b1",
            "cortex-m3" => "stm32f103",
            "cortex-m7" => "stm32f746",
            "cortex-m33" => "nrf5340",
            "cortex-m55" => "corstone300",
            _ => "stm32l4r5",
        };

    private static void AssertOpaque(string compiler, string file, ImmutableArray<string> flags)
    {
        var functions = Directory
            .GetFiles(Path.GetDirectoryName(file)!, "*.h")
            .Append(file)
            .SelectMany(f => CFunction.Parse(File.ReadAllText(f)));
        var harmless = functions.Where(f => f.IsInline || !f.MayWrite).Select(f => f.Name).ToHashSet();
        Assert.Empty(GccConclusion.Of(compiler, file, [.. flags]).Where(c => !harmless.Contains(c.Function) || c.OverlooksStores));
    }

    /// <summary>How many functions GCC misjudges where they are out of line but not opaque.</summary>
    private static int ExposedWithout(string compiler, string file, string[] flags)
    {
        File.WriteAllText(file, File.ReadAllText(file).Replace(Opaque, "__attribute__((noinline))", StringComparison.Ordinal));
        return GccConclusion.Of(compiler, file, flags).Where(c => c.OverlooksStores).Select(c => c.Function).Distinct().Count();
    }

    private static (string File, int ExitCode) Program(string folder, string attribute)
    {
        var file = Write(folder, Loop, attribute);
        Assert.True(new ToolProcess(Gcc!, ["-std=c11", "-O2", file, "-o", "loop"], folder, TimeSpan.FromMinutes(1)).Run().Succeeded);
        return (file, new ToolProcess(Path.Combine(folder, "loop"), [], folder, TimeSpan.FromMinutes(1)).Run().ExitCode);
    }

    /// <summary>The loop behind the macros of the kernels, with an attribute in place of the one that they give.</summary>
    private static string Write(string folder, string loop, string attribute)
    {
        var file = Path.Combine(folder, "loop.c");
        var macros = KernelText.Of("mn_common.h");
        Assert.Contains(Opaque, macros, StringComparison.Ordinal);
        File.WriteAllText(file, macros.Replace(Opaque, attribute, StringComparison.Ordinal) + loop);
        return file;
    }
}

/// <summary>A test of a fault that GCC 12 on x86-64 has.</summary>
public sealed class Gcc12FactAttribute : FactAttribute
{
    public Gcc12FactAttribute() =>
        Skip = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Gcc12.Missing(OpaqueToGccTests.Gcc) : "this is not x86-64";
}

/// <summary>A test of a fault that the cross compiler has in version 12.</summary>
public sealed class Gcc12TheoryAttribute : TheoryAttribute
{
    public Gcc12TheoryAttribute() => Skip = Gcc12.Missing(OpaqueToGccTests.Arm);
}

internal static class Gcc12
{
    public static string? Missing(string? gcc) =>
        gcc is null ? "GCC is not installed"
        : new ToolProcess(gcc, ["-dumpfullversion"], Path.GetTempPath(), TimeSpan.FromMinutes(1))
            .Run()
            .Output.StartsWith("12.", StringComparison.Ordinal)
            ? null
        : $"{gcc} is not version 12";
}
