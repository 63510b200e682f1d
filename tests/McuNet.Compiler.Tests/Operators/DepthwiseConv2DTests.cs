using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

public sealed class DepthwiseConv2DTests
{
    [Fact]
    public void Evaluate_MultiplierTwoDilationTwo_ReadsItsOwnChannel()
    {
        var input = Data(Type(3, 1, 2, 1, 0), 1, 2, 30, 40, 5, 6);
        var conv = new DepthwiseConv2D
        {
            Weights = Weights([2, 1, 4], 1, 1, 2, 3, 4, 10, 10, 10, 10),
            Window = new()
            {
                KernelHeight = 2,
                KernelWidth = 1,
                DilationHeight = 2,
            },
        };
        Assert.Equal([51, 52, 66, 68], Evaluate(conv, Type(1, 1, 4, 1, 0), input));
    }
}
