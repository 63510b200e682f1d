using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
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
        var model = Compile().Model;
        Assert.Equal(KernelSet.Fast, model.KernelSet);
        Assert.Contains(model.Kernels, k => k.Function.EndsWith("_planes", StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_OneByteLessThanASetNeeds_TakesTheNext()
    {
        var fast = Compile();
        var compact = Compile(fast.Footprint.Flash - 1);
        var portable = Compile(compact.Footprint.Flash - 1);

        Assert.Equal([KernelSet.Compact, KernelSet.Portable], [compact.Model.KernelSet, portable.Model.KernelSet]);
        Assert.True(portable.Footprint.Flash < compact.Footprint.Flash && compact.Footprint.Flash < fast.Footprint.Flash);
        Assert.True(fast.Model.Cycles < compact.Model.Cycles && compact.Model.Cycles < portable.Model.Cycles);
        Assert.DoesNotContain(compact.Model.Kernels, k => k.Function.EndsWith("_planes", StringComparison.Ordinal));
        Assert.Contains(compact.Model.Kernels, k => k.Function.Contains("_dsp", StringComparison.Ordinal));
        Assert.All(portable.Model.Kernels, k => Assert.DoesNotContain("_dsp", k.Function, StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_FlashOfASetJustEnough_TakesIt() =>
        Assert.Equal(KernelSet.Compact, Compile(Compile(Compile().Footprint.Flash - 1).Footprint.Flash).Model.KernelSet);

    [Fact]
    public void Compile_NoSetFits_GivesTheSmallestAndSaysThatThereIsNone()
    {
        var compilation = Compile(1000);
        Assert.Equal(KernelSet.Portable, compilation.Model.KernelSet);
        var found = Assert.Single(BudgetCheck.Run(compilation));
        Assert.Equal(DiagnosticCatalog.FlashBudgetExceeded, found.Descriptor);
        Assert.Contains($"needs {compilation.Footprint.Flash:N0} bytes of flash", found.Message, StringComparison.Ordinal);
        Assert.Contains("No smaller kernels exist: these are the portable ones.", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_Latency_KeepsTheFastKernelsAndNamesTheOnesThatFit()
    {
        var compact = Compile(Compile().Footprint.Flash - 1).Footprint.Flash;
        var compilation = ModelCompiler.Compile(Network, Options(compact) with { Objective = Objective.Latency }).Value;
        Assert.Equal(KernelSet.Fast, compilation.Model.KernelSet);
        var found = Assert.Single(BudgetCheck.Run(compilation));
        Assert.Contains($"With Optimize=\"fit\" compact kernels take about {compact:N0} bytes.", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_CrossCompiler_DecidesWhereTheEstimateIsClose()
    {
        var fast = Compile().Footprint;
        var compiler = new FakeCompiler(fast.Flash + 1, fast.Flash);
        var compilation = ModelCompiler.Compile(Network, Options(fast.Flash), new CompilerTools { CrossCompiler = compiler }).Value;
        Assert.Equal((2, KernelSet.Compact), (compiler.Asked, compilation.Model.KernelSet));
        Assert.Equal((fast.Flash, true), (compilation.Footprint.Flash, compilation.Footprint.Measured));
    }

    [Fact]
    public void Compile_FlashToSpare_IsNotMeasured()
    {
        var compiler = new FakeCompiler();
        Assert.False(
            ModelCompiler.Compile(Network, Options(null), new CompilerTools { CrossCompiler = compiler }).Value.Footprint.Measured
        );
        Assert.Equal(0, compiler.Asked);
    }

    [Theory]
    [InlineData("stm32l4r5", new[] { KernelSet.Fast, KernelSet.Compact, KernelSet.Portable })]
    [InlineData("corstone300", new[] { KernelSet.Fast, KernelSet.Portable })]
    [InlineData("rp2040", new[] { KernelSet.Fast })]
    public void Sets_OfADevice_AreThoseWhoseKernelsDiffer(string device, KernelSet[] sets) =>
        Assert.Equal(sets, DeviceKernels.TargetOf(DeviceDatabase.Find(device).Value).Sets);

    private static Compilation Compile(long? flash = null) => ModelCompiler.Compile(Network, Options(flash)).Value;

    /// <summary>Says that programs take so many bytes of flash, one after the other.</summary>
    private sealed class FakeCompiler(params int[] flash) : ICrossCompiler
    {
        public int Asked { get; private set; }

        public MeasuredCode? Measure(DeviceProgram program, ImmutableArray<GeneratedFile> code, Device device) => new(flash[Asked++], null);
    }

    private static CompileOptions Options(long? flash) =>
        new()
        {
            Name = "net",
            Device = DeviceDatabase.Find("stm32l4r5").Value,
            Budgets = new Budgets(FlashBytes: flash),
        };

    private static NetworkGraph Separable()
    {
        var builder = new NetworkBuilder(11);
        var first = builder.Conv(builder.Input(24, 24, 3), 8, NetworkBuilder.Square(3));
        var second = builder.Conv(builder.Depthwise(first, NetworkBuilder.Square(3)), 16, NetworkBuilder.Square(1));
        return builder.Build(
            "separable",
            builder.Conv(builder.Depthwise(second, NetworkBuilder.Square(5, stride: 2)), 16, NetworkBuilder.Square(1))
        );
    }
}
