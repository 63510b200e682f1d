using System;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

public sealed class KernelTableTests
{
    private static readonly DeviceFeatures Everything = Enum.GetValues<DeviceFeatures>().Aggregate((a, b) => a | b);

    [Fact]
    public void Rows_Names_FollowTheGrammarAndTheirSource()
    {
        foreach (var row in OperatorTable.Kernels)
        {
            Assert.Matches(new Regex("^mn_[a-z][a-z0-9]*(_[a-z0-9]+)*_(portable|dsp|mve|fpu)(_[a-z0-9]+)*$"), row.Function);
            Assert.Contains(
                $"MN_KERNEL void {row.Function}(const {row.ParameterType} *p",
                string.Concat(row.Sources.Select(KernelText.Of)),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Rows_OfAnOperator_HaveNamesOfTheirOwn() =>
        Assert.All(
            OperatorTable.Rows,
            o => Assert.Equal(o.Kernels.Length, o.Kernels.Select(r => (r.Function, r.MostRows)).Distinct().Count())
        );

    [Fact]
    public void Rows_Sources_AreAllThereAre() =>
        Assert.Equal(
            KernelText.Sources.Where(KernelText.IsKernel),
            OperatorTable.Kernels.Select(k => k.Sources[^1]).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Rows_WithoutFeatures_HaveABodyInEachLanguage() =>
        Assert.All(
            OperatorTable.Kernels.Where(k => k.IsFor(KernelTarget.Managed)),
            k => Assert.NotNull(KernelText.Find($"{CSharpNames.Kernel(k.Function)}.cs"))
        );

    [Fact]
    public void Lower_CSharp_TakesPortableRowsWhateverTheFeatures() =>
        Assert.All(
            PortableKernelTests.Linear(new(KernelLanguage.CSharp, Everything)),
            c => Assert.Contains("_portable", c.Kernel.Function, StringComparison.Ordinal)
        );

    [Fact]
    public void Lower_WithVectors_PrefersThem()
    {
        var cases = PortableKernelTests
            .Linear(new(KernelLanguage.C, DeviceFeatures.None))
            .Where(c =>
                c.Types.Output.Shape.Channels >= 8
                && !c.Kernel.Function.EndsWith("_asym", StringComparison.Ordinal)
                && c.Operator is not Conv2D { Groups: > 1 }
                && !c.Kernel.Function.EndsWith("_multiplier", StringComparison.Ordinal)
                && !c.Kernel.Function.EndsWith("_wide", StringComparison.Ordinal)
                && c.Operator is not ILinear { Weights.Bits: 4 }
                // Of so short sums the set-up of a call is the most.
                && !(c.Operator is Conv2D { Window.IsPointwise: true } && c.Types.Input.Shape.Channels < 4)
            );
        Assert.All(
            cases,
            c =>
                Assert.EndsWith(
                    "_mve",
                    OperatorTable.Lower(c.Operator, c.Types, new(KernelLanguage.C, Everything)).Function,
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [InlineData(64, 4, 127, 0, "mn_dense_s8_dsp")]
    [InlineData(64, 8, 127, 0, "mn_dense_s8_dsp_eights")]
    [InlineData(1, 24, 127, 0, "mn_dense_s8_dsp_eights")]
    [InlineData(64, 12, 127, 0, "mn_dense_s8_dsp")]
    [InlineData(4000, 8, 127, 0, "mn_dense_s8_dsp_wide")]
    [InlineData(64, 8, 127, 3, "mn_dense_s8_dsp_wide")]
    public void Lower_DenseOnDsp_TakesEightOutputsAndSumsOf32BitsWhereTheyServe(
        int inputs,
        int outputs,
        int weight,
        int zero,
        string function
    ) =>
        Assert.Equal(
            function,
            KernelTable
                .Lower(Layer(LinearKind.Dense, new(1, 1, inputs), outputs, weight, [.. Enumerable.Repeat(zero, outputs)]), Dsp)
                .Function
        );

    [Theory]
    [InlineData(5, 5, "mn_depthwise_s8_dsp_narrow_asym")]
    [InlineData(-128, 127, "mn_depthwise_s8_portable_asym")]
    public void Lower_DepthwiseWithZeroPoints_TakesBlocksWhateverTheZeroPointsOfARowNeed(int first, int second, string row)
    {
        var call = KernelTable.Lower(Layer(LinearKind.Depthwise, new(8, 8, 4), 4, 100, [first, second, first, second]), Dsp);
        Assert.Equal(row, call.Function);
        Assert.Contains(call.Blocks, b => b.Function == "mn_depthwise3x3_s8_dsp_planes");
    }

    private static KernelTarget Dsp { get; } =
        new(KernelLanguage.C, DeviceFeatures.LongMultiply | DeviceFeatures.FpuSingle | DeviceFeatures.Dsp);

    /// <summary>Weights that are zero in turns; 3 x 3 where depthwise, else one pixel.</summary>
    private static LinearLayer Layer(LinearKind kind, TensorShape input, int channels, int weight, int[] zeros)
    {
        var kernel = kind == LinearKind.Depthwise ? 3 : 1;
        var taps = kernel * kernel * (kind == LinearKind.Depthwise ? 1 : input.Channels);
        return new()
        {
            Kind = kind,
            Input = input,
            Output = input with { Channels = channels },
            Window = new()
            {
                KernelHeight = kernel,
                KernelWidth = kernel,
                PadTop = kernel / 2,
                PadBottom = kernel / 2,
                PadLeft = kernel / 2,
                PadRight = kernel / 2,
            },
            Weights = [.. Enumerable.Range(0, taps * channels).Select(i => (sbyte)(i / channels % 2 == 0 ? weight : 0))],
            Bias = [.. new int[channels]],
            PlainBias = [.. new int[channels]],
            Scale = [.. Enumerable.Repeat(0.001f, channels)],
            WeightZero = zeros.All(z => z == 0) ? default : [.. zeros.Select(z => (sbyte)z)],
            InputZero = 0,
            OutputZero = 0,
            OutputMin = sbyte.MinValue,
            OutputMax = sbyte.MaxValue,
        };
    }
}
