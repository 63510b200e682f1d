using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Tests.Networks;
using McuNet.Conformance.Networks;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Conformance.Emission;

/// <summary>Kernels in a file of their own: the same results, shared by models that have the same, and apart where versions
/// differ.</summary>
public sealed partial class KernelFileTests
{
    private const string Tail = "_[0-9a-f]{8}$";

    [HostCompilerTheory]
    [InlineData("stm32l4r5")]
    [InlineData("stm32g0b1")]
    public void HostC_RandomNetworks_MatchReference(string device)
    {
        foreach (var network in Enumerable.Range(1, 3).Select(seed => RandomCase.Create(seed, device)))
        {
            var model = Shared(network.Model);
            IReadOnlyList<byte[]>[] cases =
            [
                [network.Input(0).Bytes],
                [network.Input(1).Bytes],
            ];
            var outputs = CompiledC.In(folder =>
            {
                var artifact = CompiledC.Write(model, folder);
                Compile(Host, Assert.Single(Directory.GetFiles(folder, "mcunet_kernels_*.c")), Path.Combine(folder, "kernels.o"));
                return CompiledC.OnHost(artifact, cases, new HostCOptions { ExtraFlags = [Path.Combine(folder, "kernels.o")] });
            });
            Outputs.Reference(model.Network, cases).AssertEqual($"seed {network.Seed}", outputs.Value);
        }
    }

    [ArmTheory]
    [InlineData("cortex-m0")]
    [InlineData("cortex-m4f")]
    [InlineData("cortex-m55")]
    public void Link_ManyModels_EachFunctionOnceUnderANameWithAHash(string board) =>
        CompiledC.In(folder =>
        {
            var models = Enumerable
                .Range(1, 6)
                .Select(seed => Shared(RandomCase.Create(seed, OpaqueToGccTests.DeviceOf(board)).Model))
                .ToArray();
            foreach (var model in models)
                CompiledC.Write(model, folder);
            var files = Directory.GetFiles(folder, "*.c");
            Assert.True(files.Length > models.Length + 2);
            var symbols = Linked(folder, files, QemuBoard.Find(board)!);
            Assert.Equal(symbols.Distinct(), symbols);
            Assert.All(symbols, s => Assert.Matches(Tail, s));
            Assert.True(files.Count(f => Path.GetFileName(f).StartsWith("mcunet_", StringComparison.Ordinal)) < symbols.Length);
            Assert.True(
                symbols.Select(s => Regex.Replace(s, Tail, "")).Distinct().Count() > symbols.Length / 2,
                "most functions are shared"
            );
            return true;
        });

    [ArmFact]
    public void Link_AnotherVersionOfAKernel_BothAreThereAndTheRestIsShared() =>
        CompiledC.In(folder =>
        {
            var model = Shared(RandomCase.Create(1, "stm32l4r5").Model);
            var kernel = model.Kernels.First(k => !k.IsDelivery).Function;
            var (old, now) = (
                new CKernelFile(ProgramBuilder.C(model), KernelText.Of),
                new CKernelFile(ProgramBuilder.C(model), s => KernelText.Of(s) + (s == kernel + ".c" ? "/* changed */\n" : ""))
            );
            Assert.NotEqual(old.Name, now.Name);
            string[] files = [Path.Combine(folder, old.Name + ".c"), Path.Combine(folder, now.Name + ".c")];
            File.WriteAllText(files[0], old.Source());
            File.WriteAllText(files[1], now.Source());
            var symbols = Linked(folder, files, QemuBoard.Find("cortex-m4f")!);
            Assert.Equal(2, symbols.Count(s => Regex.Replace(s, Tail, "") == kernel));
            Assert.Equal(Linked(folder, files[..1], QemuBoard.Find("cortex-m4f")!).Length + 1, symbols.Length);
            return true;
        });

    [Fact]
    public void Emit_ModelsWithTheSameKernels_WriteTheSameFile()
    {
        var first = Shared(RandomCase.Create(2, "stm32l4r5").Model);
        var again = first with { Name = "other" };
        Assert.Equal(Kernels(first), Kernels(again));
        Assert.Contains("if(NOT TARGET mcunet_kernels_", CEmitter.Emit(ProgramBuilder.C(again))[^1].Text, StringComparison.Ordinal);
    }

    private static (string Name, string Text)[] Kernels(CompiledModel model) =>
        [
            .. CEmitter
                .Emit(ProgramBuilder.C(model))
                .Where(f => f.Name.StartsWith("mcunet_kernels_", StringComparison.Ordinal))
                .Select(f => (f.Name, f.Text)),
        ];

    private static CompiledModel Shared(CompiledModel model) => model with { KernelLinkage = KernelLinkage.Shared };

    private static string Host => Toolbox.FromEnvironment().TryFind(Tool.HostCompiler)!;

    private static void Compile(string compiler, string file, string target, params string[] flags)
    {
        string[] arguments =
        [
            "-std=c11",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-Wundef",
            "-ffunction-sections",
            "-fdata-sections",
            .. flags,
            "-c",
            file,
            "-o",
            target,
        ];
        var outcome = new ToolProcess(compiler, arguments, Path.GetDirectoryName(file)!, TimeSpan.FromMinutes(2)).Run();
        Assert.True(outcome.Succeeded, outcome.Messages());
    }

    /// <summary>Names of the kernels' functions in what the linker makes of the files.</summary>
    private static string[] Linked(string folder, string[] files, QemuBoard board)
    {
        var tools = Toolbox.FromEnvironment();
        var (compiler, nm) = (tools.TryFind(Tool.ArmCompiler)!, tools.TryFind(Tool.ArmNm)!);
        foreach (var file in files)
            Compile(compiler, file, file + ".o", [.. board.CompilerFlags]);
        string[] arguments =
        [
            .. board.CompilerFlags,
            "-nostartfiles",
            "--specs=nano.specs",
            "-Wl,-e,0",
            .. files.Select(f => f + ".o"),
            "-lm",
            "-o",
            "all.elf",
        ];
        var linked = new ToolProcess(compiler, arguments, folder, TimeSpan.FromMinutes(1)).Run();
        Assert.True(linked.Succeeded, linked.Messages());
        var symbols = new ToolProcess(nm, ["all.elf"], folder, TimeSpan.FromMinutes(1)).Run().Output;
        return [.. Symbol().Matches(symbols).Select(m => m.Groups[1].Value)];
    }

    [GeneratedRegex(@" [TtWwV] (mn_\w+)")]
    private static partial Regex Symbol();
}
