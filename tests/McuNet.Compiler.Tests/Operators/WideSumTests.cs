using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Layers of every kind whose biases lie at the ends of 32 bits, so that sums leave them on both sides.</summary>
internal sealed class WideSumCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 4; i++)
        {
            var shape = new TensorShape(3, 4, 5);
            var window = new Window
            {
                KernelHeight = 3,
                KernelWidth = 3,
                PadTop = 1,
                PadLeft = 1,
                PadRight = i % 2,
            };
            yield return Wide(
                new Conv2D
                {
                    Weights = Random8([4, 3, 3, 5], i),
                    Bias = Ends(4),
                    Window = window,
                },
                shape
            );
            yield return Wide(
                new Conv2D
                {
                    Weights = Random8([4, 1, 1, 5], i),
                    Bias = Ends(4),
                    Window = new() { KernelHeight = 1, KernelWidth = 1 },
                },
                shape
            );
            yield return Wide(
                new DepthwiseConv2D
                {
                    Weights = Random8([3, 3, 10], i),
                    Bias = Ends(10),
                    Window = window,
                },
                shape
            );
            yield return Wide(new Dense { Weights = Random8([4, 60], i), Bias = Ends(4) }, shape);
        }
    }

    private KernelCase Wide(Operator op, TensorShape shape)
    {
        var types = new NodeTypes([Int8(shape, 1, Random.Next(2) == 0 ? -128 : 127)], Int8(op.InferShape([shape]), 1 << 24, 3));
        var found = Case(op, types, op.Rows(types).Joinable ? Calling.Joined : Calling.SplitColumns);
        Assert.EndsWith("_wide", found.Kernel.Function, StringComparison.Ordinal);
        return found;
    }

    private ConstantTensor Random8(int[] dims, int zero)
    {
        var bytes = new byte[dims.Aggregate(1, (a, b) => a * b)];
        Random.NextBytes(bytes);
        return new([.. dims], ElementType.Int8, [.. bytes], [1f], [zero % 2 == 0 ? 0 : -100]);
    }

    private ConstantTensor Ends(int channels) =>
        Bias(
            1,
            [.. Enumerable.Range(0, channels).Select(c => c % 2 == 0 ? int.MaxValue - Random.Next(1000) : int.MinValue + Random.Next(1000))]
        );
}

/// <summary>Sums that leave 32 bits.</summary>
public sealed class WideSumTests
{
    private static readonly KernelTarget Portable = new(KernelLanguage.C, DeviceFeatures.None);
    private static readonly KernelTarget Dsp = new(
        KernelLanguage.C,
        DeviceFeatures.LongMultiply | DeviceFeatures.FpuSingle | DeviceFeatures.Dsp
    );

    /// <summary>140,000 products of 255 and 127 are 4.5 x 10^9.</summary>
    [Fact]
    public void Evaluate_ManyLargeProducts_DoesNotWrap()
    {
        var (op, types) = Layer(140_000, 127, 0);
        Assert.Equal([45], Evaluate(op, types.Output, Data(types.Input, [.. Enumerable.Repeat(127, 140_000)])));
    }

    [Theory]
    [InlineData(64, 127, 0, false)]
    [InlineData(140_000, 127, 0, true)]
    [InlineData(140_000, 1, 0, false)]
    [InlineData(64, 127, int.MaxValue, true)]
    [InlineData(64, 127, int.MaxValue - 64 * 128 * 128 - 64 * 128 * 127, false)]
    public void Lower_SumsByTheirWorstCase_TakesTheWideKernelWhereTheyLeave32Bits(int inputs, int weight, int bias, bool wide)
    {
        var (op, types) = Layer(inputs, weight, bias);
        Assert.All([Portable, Dsp], t => Assert.Equal(wide, OperatorTable.Lower(op, types, t).Function == "mn_dense_s8_portable_wide"));
    }

    /// <summary>A channel that died in training keeps a bias near 2^31 that saturates whatever the input is: no reason to be
    /// slow.</summary>
    [Fact]
    public void Lower_ChannelThatAlwaysSaturates_DoesNotMakeTheLayerWide()
    {
        var (op, types) = Layer(64, 127, int.MaxValue);
        types = types with { Output = types.Output with { Quantization = new(1, 0) } };
        Assert.Equal("mn_dense_s8_portable", OperatorTable.Lower(op, types, Portable).Function);
        Assert.Equal([127], Evaluate(op, types.Output, Data(types.Input, [.. Enumerable.Repeat(-128, 64)])));
    }

    [Fact]
    public void Excess_VectorBeyondTheFieldsOfAKernel_IsNamed()
    {
        var type = Type(1, 1, 70_000, 0.5f, 1);
        var call = OperatorTable.Lower(new Mul(), new([type, type], type), Portable);
        Assert.Equal(("channels", 70_000L, 65_535L), ParameterBlock.Excess(call));
    }

    /// <summary>Also where the block of a kernel stands in its source file rather than in a header.</summary>
    [Fact]
    public void Lower_PointwiseLayerBeyondTheFieldsOfAKernel_TakesTheWideOne()
    {
        var conv = new Conv2D
        {
            Weights = Weights([70_000, 1, 1, 1], 0.01f, [.. Enumerable.Repeat(3, 70_000)]),
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
        };
        Assert.All(
            [Portable, Dsp],
            t =>
                Assert.Equal(
                    "mn_pointwise_s8_portable_wide",
                    OperatorTable.Lower(conv, new([Type(1, 2, 1, 0.5f, 1)], Type(1, 2, 70_000, 0.5f, 1)), t).Function
                )
        );
    }

    [Fact]
    public void Blocks_OfEveryKernelInTheTable_AreKnown() =>
        Assert.All(OperatorTable.Kernels, k => Assert.True(ParameterBlock.FieldsOf(k.ParameterType).Length > 0, k.Function));

    [Fact]
    public void Mismatch_KernelOfOtherTypes_IsNamed()
    {
        var type = Type(1, 1, 4, 0.5f, 1);
        var call = OperatorTable.Lower(new LogSoftmax(), new([type], new(type.Shape, ElementType.Float32)), Portable);
        Assert.Null(KernelTypes.Mismatch(call, new([type], new(type.Shape, ElementType.Float32))));
        Assert.Contains("gives s8", KernelTypes.Mismatch(call, new([type], type)), StringComparison.Ordinal);
    }

    private static (Dense Op, NodeTypes Types) Layer(int inputs, int weight, int bias)
    {
        var op = new Dense { Weights = Weights([1, inputs], 1, [.. Enumerable.Repeat(weight, inputs)]), Bias = Bias(1, bias) };
        return (op, new([Type(1, 1, inputs, 1, -128)], Type(1, 1, 1, 1e8f, 0)));
    }
}
