using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

public sealed class Conv2DTests
{
    [Fact]
    public void Evaluate_PaddingAndZeroPoint_CountsPaddingAsRealZero()
    {
        var input = Data(Type(2, 2, 1, 0.5f, 10), 10, 12, 14, 16);
        var conv = new Conv2D
        {
            Weights = Weights([1, 3, 3, 1], 1, 1, 2, 3, 4, 5, 6, 7, 8, 9),
            Window = new()
            {
                KernelHeight = 3,
                KernelWidth = 3,
                PadTop = 1,
                PadLeft = 1,
                PadBottom = 1,
                PadRight = 1,
            },
        };
        Assert.Equal([98, 86, 62, 50], Evaluate(conv, Type(2, 2, 1, 0.5f, 0), input));
        Assert.Equal([127, 127, 112, 100], Evaluate(conv with { Bias = Bias(0.5f, 50) }, Type(2, 2, 1, 0.5f, 0), input));
    }

    [Fact]
    public void Evaluate_Relu6_ClampsAtQuantizedSix()
    {
        var conv = new Conv2D
        {
            Weights = Weights([1, 1, 1, 1], 1, 1),
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
            Clamp = new(0, 6),
        };
        Assert.Equal([-10, -10, 2, 2], Evaluate(conv, Type(1, 4, 1, 0.5f, -10), Data(Type(1, 4, 1, 1, 0), -5, 0, 6, 9)));
    }
}
