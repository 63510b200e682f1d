using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Reference results worked out by hand or in double precision.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData(1, 0.5f, 0)]
    [InlineData(3, 0.5f, 2)]
    [InlineData(5, 0.5f, 2)]
    [InlineData(-1, 0.5f, 0)]
    [InlineData(-3, 0.5f, -2)]
    [InlineData(1000, 0.5f, 127)]
    [InlineData(int.MinValue, 1f, -128)]
    public void Requantize_Ties_RoundToEvenThenSaturate(int acc, float scale, int expected) =>
        Assert.Equal(expected, Arithmetic.Requantize(acc, scale, 0, (-128, 127)));

    [Fact]
    public void Conv2D_PaddingAndZeroPoint_CountsPaddingAsRealZero()
    {
        var input = Data(Type(2, 2, 1, 0.5f, 10), 10, 12, 14, 16);
        var conv = new Conv2D
        {
            Weights = Weights([1, 3, 3, 1], 1, 1, 2, 3, 4, 5, 6, 7, 8, 9),
            Window = new() { KernelHeight = 3, KernelWidth = 3, PadTop = 1, PadLeft = 1, PadBottom = 1, PadRight = 1 },
        };
        Assert.Equal([98, 86, 62, 50], Evaluate(conv, Type(2, 2, 1, 0.5f, 0), input));
        Assert.Equal([127, 127, 112, 100], Evaluate(conv with { Bias = Bias(0.5f, 50) }, Type(2, 2, 1, 0.5f, 0), input));
    }

    [Fact]
    public void Conv2D_Relu6_ClampsAtQuantizedSix()
    {
        var conv = new Conv2D { Weights = Weights([1, 1, 1, 1], 1, 1), Window = new() { KernelHeight = 1, KernelWidth = 1 }, Clamp = new(0, 6) };
        Assert.Equal([-10, -10, 2, 2], Evaluate(conv, Type(1, 4, 1, 0.5f, -10), Data(Type(1, 4, 1, 1, 0), -5, 0, 6, 9)));
    }

    [Fact]
    public void DepthwiseConv2D_MultiplierTwoDilationTwo_ReadsItsOwnChannel()
    {
        var input = Data(Type(3, 1, 2, 1, 0), 1, 2, 30, 40, 5, 6);
        var conv = new DepthwiseConv2D
        {
            Weights = Weights([2, 1, 4], 1, 1, 2, 3, 4, 10, 10, 10, 10),
            Window = new() { KernelHeight = 2, KernelWidth = 1, DilationHeight = 2 },
        };
        Assert.Equal([51, 52, 66, 68], Evaluate(conv, Type(1, 1, 4, 1, 0), input));
    }

    [Fact]
    public void Dense_AsymmetricWeights_SubtractsTheirZeroPoint()
    {
        var weights = Weights([2, 3], 1, 3, 4, 5, 0, 2, 4) with { ZeroPoints = [2] };
        Assert.Equal([14, 4], Evaluate(new Dense { Weights = weights }, Type(1, 1, 2, 1, 0), Data(Type(1, 1, 3, 1, 0), 1, 2, 3)));
    }

    [Fact]
    public void Dense_LongRun_EqualsPlainSum()
    {
        var random = new Random(5);
        var (x, w) = (Values(random, 131), Values(random, 131));
        var sum = x.Zip(w, (a, b) => (a - 3) * b).Sum();
        var expected = Arithmetic.Requantize(sum, 1e-4f, 0, (-128, 127));
        Assert.Equal([expected], Evaluate(new Dense { Weights = Weights([1, 131], 1e-2f, w) }, Type(1, 1, 1, 1, 0), Data(Type(1, 1, 131, 1e-2f, 3), x)));
    }

    [Fact]
    public void Add_DifferentScales_AddsRealValues() =>
        Assert.Equal([-128, 3, 9, 127], Evaluate(new Add(), Type(1, 4, 1, 0.5f, 1), Data(Type(1, 4, 1, 0.25f, 0), -128, 4, 8, 127), Data(Type(1, 4, 1, 1, 10), -100, 10, 12, 100)));

    [Fact]
    public void AveragePool_Border_CountsOnlyWhatIsInside()
    {
        var pool = new AveragePool { Window = new() { KernelHeight = 1, KernelWidth = 2, PadLeft = 1 } };
        var input = Data(Type(1, 3, 1, 1, 0), 10, 20, 31);
        Assert.Equal([10, 15, 26], Evaluate(pool, Type(1, 3, 1, 1, 0), input));
        Assert.Equal([5, 15, 26], Evaluate(pool with { CountPadding = true }, Type(1, 3, 1, 1, 0), input));
    }

    [Fact]
    public void MaxPool_NegativeValues_PaddingNeverWins() =>
        Assert.Equal([-7, -5, -5], Evaluate(new MaxPool { Window = new() { KernelHeight = 1, KernelWidth = 2, PadLeft = 1 } }, Type(1, 3, 1, 1, 0), Data(Type(1, 3, 1, 1, 0), -7, -5, -9)));

    [Fact]
    public void Mean_OverColumns_KeepsRows() =>
        Assert.Equal([4, 30], Evaluate(new Mean { OverHeight = false, OverWidth = true }, Type(2, 1, 1, 0.5f, 0), Data(Type(2, 2, 1, 1, 0), 1, 3, 10, 20)));

    [Fact]
    public void Requantize_UnsignedToSigned_ShiftsBy128() =>
        Assert.Equal([-128, 0, 127], Evaluate(new Requantize(), Type(1, 3, 1, 0.3f, -78), Data(Type(1, 3, 1, 0.3f, 50, ElementType.UInt8), 0, 128, 255)));

    [Fact]
    public void ResizeNearest_Doubling_RepeatsPixels() =>
        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2], Evaluate(new ResizeNearest { RowSource = [0, 0], ColumnSource = [0, 0, 1, 1] }, Type(2, 4, 1, 1, 0), Data(Type(1, 2, 1, 1, 0), 1, 2)));

    [Fact]
    public void Softmax_RandomLogits_IsWithinOneStepOfTheRealOne()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var values = Values(random, 10);
            var actual = Evaluate(new Softmax(), Type(1, 1, 10, 1 / 256f, -128), Data(Type(1, 1, 10, 0.11f, 4), values));
            var sum = values.Sum(v => Math.Exp(v * 0.11f));
            for (var c = 0; c < 10; c++)
                Assert.InRange(actual[c] + 128 - Math.Min(255, Math.Exp(values[c] * 0.11f) / sum * 256), -1, 1);
        }
    }

    [Fact]
    public void LogSoftmax_RandomLogits_IsWithinOneInAHundredThousand()
    {
        var random = new Random(4);
        for (var round = 0; round < 50; round++)
        {
            var values = Values(random, 12);
            var output = new TensorType(new(1, 1, 12), ElementType.Float32);
            var actual = Run(new LogSoftmax(), output, Data(Type(1, 1, 12, 0.2f, 4), values));
            var logarithm = Math.Log(values.Sum(v => Math.Exp(v * 0.2f)));
            for (var c = 0; c < 12; c++)
                Assert.Equal(values[c] * 0.2f - logarithm, actual.Float32[c], 1e-5);
        }
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1.0000001f)]
    [InlineData(1.9999999f)]
    [InlineData(2f)]
    [InlineData(9.75f)]
    [InlineData(1001f)]
    public void Logarithm_AnySum_IsWithinTwoMillionths(float sum) =>
        Assert.Equal(Math.Log(sum), LogSoftmax.Logarithm(sum), 2e-6);

    private static int[] Values(Random random, int count) => Enumerable.Range(0, count).Select(_ => random.Next(-128, 128)).ToArray();
}
