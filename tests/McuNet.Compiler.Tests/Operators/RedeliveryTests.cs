using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

public sealed class RedeliveryTests
{
    [Fact]
    public void Rows_OfTheInput_KeepNothingAndReadNothing()
    {
        var type = Type(5, 4, 1, 0.5f, 0);
        var rows = new Redelivery().Rows(new([type], type));
        Assert.True(rows.Reads(0, 2).IsEmpty);
        Assert.Equal(5, rows.Reads(0, 2).Begin);
        Assert.Equal(new RowRange(2, 3), rows.Writes(2));
    }
}
