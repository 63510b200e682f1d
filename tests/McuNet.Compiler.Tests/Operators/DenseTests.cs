using System;
using System.Linq;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

public sealed class DenseTests
{
    [Fact]
    public void Evaluate_AsymmetricWeights_SubtractsTheirZeroPoint()
    {
        var weights = Weights([2, 3], 1, 3, 4, 5, 0, 2, 4) with { ZeroPoints = [2] };
        Assert.Equal([14, 4], Evaluate(new Dense { Weights = weights }, Type(1, 1, 2, 1, 0), Data(Type(1, 1, 3, 1, 0), 1, 2, 3)));
    }

    [Fact]
    public void Evaluate_LongRun_EqualsPlainSum()
    {
        var random = new Random(5);
        var (x, w) = (Values(random, 131), Values(random, 131));
        var sum = x.Zip(w, (a, b) => (a - 3) * b).Sum();
        var expected = Arithmetic.Requantize(sum, 1e-4f, 0, (-128, 127));
        Assert.Equal(
            [expected],
            Evaluate(new Dense { Weights = Weights([1, 131], 1e-2f, w) }, Type(1, 1, 1, 1, 0), Data(Type(1, 1, 131, 1e-2f, 3), x))
        );
    }
}
