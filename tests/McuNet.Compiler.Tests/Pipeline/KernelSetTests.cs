using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

/// <summary>The kernels of a build are the fastest whose code and tables fit the flash.</summary>
public sealed class KernelSetTests
{
    private static readonly NetworkGraph Network = Separable();

    [Fact]
    public void Compile_FlashToSpare_TakesTheFastKernels()
    {
        var model = Compile();
        Assert.Equal(KernelSet.Fast, model.KernelSet);
        Assert.Contains(model.Kernels, k => k.Function.EndsWith("_planes", StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_OneByteLessThanASetNeeds_TakesTheNext()
    {
        var fast = Compile();
        var compact = Compile(Flash(fast) - 1);
        var portable = Compile(Flash(compact) - 1);

        Assert.Equal([KernelSet.Compact, KernelSet.Portable], [compact.KernelSet, portable.KernelSet]);
        Assert.True(Flash(portable) < Flash(compact) && Flash(compact) < Flash(fast));
        Assert.True(fast.Cycles < compact.Cycles && compact.Cycles < portable.Cycles);
        Assert.DoesNotContain(compact.Kernels, k => k.Function.EndsWith("_planes", StringComparison.Ordinal));
        Assert.Contains(compact.Kernels, k => k.Function.Contains("_dsp", StringComparison.Ordinal));
        Assert.All(portable.Kernels, k => Assert.DoesNotContain("_dsp", k.Function, StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_FlashOfASetJustEnough_TakesIt() => Assert.Equal(KernelSet.Compact, Compile(Flash(Compile(Flash(Compile()) - 1))).KernelSet);

    [Fact]
    public void Compile_NoSetFits_GivesTheSmallestAndSaysThatThereIsNone()
    {
        var model = Compile(1000);
        Assert.Equal(KernelSet.Portable, model.KernelSet);
        var found = Assert.Single(BudgetCheck.Run(model, Options(1000), Footprint.Estimate(model)));
        Assert.Equal(DiagnosticCatalog.FlashBudgetExceeded, found.Descriptor);
        Assert.Contains($"needs {Flash(model):N0} bytes of flash", found.Message, StringComparison.Ordinal);
        Assert.Contains("No smaller kernels exist: these are the portable ones.", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_Latency_KeepsTheFastKernelsAndNamesTheOnesThatFit()
    {
        var compact = Compile(Flash(Compile()) - 1);
        var options = Options(Flash(compact)) with { Objective = Objective.Latency };
        var model = ModelCompiler.Compile(Network, options).Value;
        Assert.Equal(KernelSet.Fast, model.KernelSet);
        var found = Assert.Single(BudgetCheck.Run(model, options, Footprint.Estimate(model)));
        Assert.Contains($"With Optimize=\"fit\" compact kernels take about {Flash(compact):N0} bytes.", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_FootprintGiven_DecidesByIt()
    {
        var asked = ImmutableArray.CreateBuilder<KernelSet>();
        var model = ModelCompiler.Compile(Network, Options(5000), m =>
        {
            asked.Add(m.KernelSet);
            return new Footprint(0, m.KernelSet == KernelSet.Compact ? 5000 : 5001, 0, Measured: true);
        }).Value;
        Assert.Equal([KernelSet.Fast, KernelSet.Compact], asked);
        Assert.Equal(KernelSet.Compact, model.KernelSet);
    }

    [Theory]
    [InlineData("stm32l4r5", new[] { KernelSet.Fast, KernelSet.Compact, KernelSet.Portable })]
    [InlineData("corstone300", new[] { KernelSet.Fast, KernelSet.Portable })]
    [InlineData("rp2040", new[] { KernelSet.Fast })]
    public void Sets_OfADevice_AreThoseWhoseKernelsDiffer(string device, KernelSet[] sets) =>
        Assert.Equal(sets, DeviceKernels.TargetOf(DeviceDatabase.Find(device).Value).Sets);

    private static CompiledModel Compile(long? flash = null) => ModelCompiler.Compile(Network, Options(flash)).Value;

    private static int Flash(CompiledModel model) => Footprint.Estimate(model).Flash;

    private static CompileOptions Options(long? flash) =>
        new() { Name = "net", Device = DeviceDatabase.Find("stm32l4r5").Value, Budgets = new Budgets(FlashBytes: flash) };

    private static NetworkGraph Separable()
    {
        var builder = new NetworkBuilder(11);
        var first = builder.Conv(builder.Input(24, 24, 3), 8, NetworkBuilder.Square(3));
        var second = builder.Conv(builder.Depthwise(first, NetworkBuilder.Square(3)), 16, NetworkBuilder.Square(1));
        return builder.Build("separable", builder.Conv(builder.Depthwise(second, NetworkBuilder.Square(5, stride: 2)), 16, NetworkBuilder.Square(1)));
    }
}
