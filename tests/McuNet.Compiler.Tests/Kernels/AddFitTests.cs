using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

public sealed class AddFitTests
{
    private static readonly KernelTarget Target = new(KernelLanguage.C, DeviceFeatures.None);

    [Fact]
    public void Find_RandomScales_AlmostAlwaysSucceeds()
    {
        var random = new Random(3);
        var integers = Enumerable.Range(0, 60).Count(_ => Function(Scale(random), Scale(random), Scale(random)) == "mn_add_s8_portable");
        Assert.InRange(integers, 54, 60);
    }

    [Fact]
    public void Find_SumsThatFallOnTies_LeavesTheRealSum() => Assert.Equal("mn_add_s8_portable_real", Function(0.5f, 0.5f, 1f));

    [Fact]
    public void Find_SumsOfStepsThatFallOnTies_LeavesTheFloatRule() =>
        Assert.Equal("mn_add_s8_portable_float", Function(0.5f, 0.5f, 1f, AddRounding.WithZeroPoint));

    [Fact]
    public void Find_EqualScales_NeedsNoFloats() => Assert.Equal("mn_add_s8_portable", Function(0.25f, 0.25f, 0.25f));

    [Fact]
    public void Find_Success_AgreesOnEveryPair()
    {
        var expected = new sbyte[65536];
        for (var i = 0; i < expected.Length; i++)
            expected[i] = (sbyte)
                Math.Clamp(MathF.Round(((i >> 8) - 128) * 0.37123f + (((i & 255) - 128) * 0.64257f + 3.31415f)), -100, 127);
        var fit = AddFit.Find(0.37123f, 0.64257f, 3.31415f, expected, -100, 127);
        Assert.NotNull(fit);
        Assert.All(Enumerable.Range(0, 65536), i => Assert.Equal(expected[i], fit.Apply((i >> 8) - 128, (i & 255) - 128, -100, 127)));
    }

    [Fact]
    public void FindByWords_Success_AgreesOnEveryPair()
    {
        var expected = new sbyte[65536];
        for (var i = 0; i < expected.Length; i++)
            expected[i] = (sbyte)
                Math.Clamp(MathF.Round(((i >> 8) - 128) * 0.37123f + (((i & 255) - 128) * 0.64257f + 3.31415f)), -100, 127);
        var fit = AddFit.FindByWords(0.37123f, 0.64257f, 3.31415f, expected, -100, 127);
        Assert.NotNull(fit);
        Assert.Equal((20, 8), (fit.Shift, fit.Dropped));
        Assert.All(Enumerable.Range(0, 65536), i => Assert.Equal(expected[i], fit.Apply((i >> 8) - 128, (i & 255) - 128, -100, 127)));
    }

    [Fact]
    public void FindByWords_RatioTooLargeForTheMultiplier_IsNull() =>
        Assert.Null(AddFit.FindByWords(8, 0.5, 0, new sbyte[65536], -128, 127));

    [Fact]
    public void Lower_WithTheDspExtension_AddsByWords() =>
        Assert.Equal(
            "mn_add_s8_dsp",
            OperatorTable
                .Lower(
                    new Add(),
                    new([Type(new(2, 2, 2), 0.03171f, 3), Type(new(2, 2, 2), 0.02749f, -11)], Type(new(2, 2, 2), 0.04213f, -20)),
                    new(KernelLanguage.C, DeviceFeatures.Dsp)
                )
                .Function
        );

    private static float Scale(Random random) => (float)(0.005 + random.NextDouble() * 0.1);

    private static string Function(float a, float b, float output, AddRounding rounding = AddRounding.BeforeZeroPoint)
    {
        var shape = new TensorShape(2, 2, 2);
        var types = new NodeTypes([Type(shape, a, 3), Type(shape, b, -11)], Type(shape, output, -20));
        return OperatorTable.Lower(new Add { Rounding = rounding }, types, Target).Function;
    }

    private static TensorType Type(TensorShape shape, float scale, int zero) => new(shape, ElementType.Int8, new(scale, zero));
}
