using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Bands;

/// <summary>What a user sees of bands: fewer bytes, more work, rows asked for again, all of it stated.</summary>
public sealed class BandEmissionTests
{
    private static readonly Lazy<CompiledModel> Once = new(() => Compile(1).Model);
    private static readonly Lazy<CompiledModel> Often = new(() => Compile(4).Model);

    [Fact]
    public void Compile_SeveralPasses_TradesWorkForBytes()
    {
        Assert.True(Often.Value.Memory.ArenaBytes < Once.Value.Memory.ArenaBytes);
        Assert.Equal((1, 1.0), (Once.Value.InputPasses, Once.Value.MacFactor));
        Assert.InRange(Often.Value.InputPasses, 2, 4);
        Assert.Equal((double)Often.Value.Graph.Macs / Often.Value.Network.Macs, Often.Value.MacFactor);
        Assert.True(Often.Value.MacFactor > 1);
        Assert.True(Often.Value.Schedule.Segments.Count(Often.Value.IsBanded) >= Often.Value.InputPasses);
    }

    [Fact]
    public void Emit_SeveralPasses_AreConstantsOfEveryTarget()
    {
        var passes = Often.Value.InputPasses;
        var often = Compile(4);
        Assert.Contains($"#define NET_INPUT0_PASSES {passes}\n", often.Code()[0].Text, StringComparison.Ordinal);
        Assert.Contains("NET_INPUT0_PASSES times from row 0 on", often.Code()[0].Text, StringComparison.Ordinal);
        Assert.Contains(
            $"public const int InputPasses = {passes};",
            CSharpEmitter.Emit(ProgramBuilder.CSharp(Often.Value)).Text,
            StringComparison.Ordinal
        );
        var manifest = ManifestEmitter.Describe(often, ProgramBuilder.CSharp(Often.Value), "hash");
        Assert.Equal((passes, Often.Value.MacFactor, Often.Value.Network.Macs), (manifest.InputPasses, manifest.MacFactor, manifest.Macs));
    }

    [Fact]
    public void CSharp_SeveralPasses_GivesTheResultOfTheNetwork()
    {
        var input = new TensorData(Often.Value.Network[Often.Value.Network.Inputs[0].Tensor].Type);
        new Random(5).NextBytes(input.Bytes);
        new ManagedNetwork(Often.Value).AssertMatches("bands", [input]);
    }

    private static Compilation Compile(int passes) =>
        ModelCompiler.Compile(MobileNetV2.Build(0.35, 96, classes: 10), Options(passes)).Value;

    private static CompileOptions Options(int passes) =>
        new()
        {
            Name = "net",
            Device = DeviceDatabase.Find("stm32l4r5").Value,
            Objective = Objective.Memory,
            Input = InputMode.Rows,
            InputPasses = passes,
        };
}
