using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

public sealed class TopIndicesTests
{
    /// <summary>7 1 9 7: of equal ones the first comes first.</summary>
    [Theory]
    [InlineData(false, 2f, 0f, 3f, 1f)]
    [InlineData(true, 1f, 0f, 3f, 2f)]
    public void Evaluate_EqualValues_KeepTheirOrder(bool least, params float[] expected)
    {
        var (input, output) = (Data(Type(1, 1, 4, 1, 0), 7, 1, 9, 7), new TensorData(new(new(1, 1, 4), ElementType.Float32)));
        new TopIndices { Count = 4, IsLeast = least }.Evaluate(new([input.Type], output.Type), [input], output);
        Assert.Equal(expected, output.Float32.ToArray());
    }
}
