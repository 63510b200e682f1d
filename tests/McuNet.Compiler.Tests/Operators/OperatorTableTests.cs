using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;

namespace McuNet.Compiler.Tests.Operators;

public sealed class OperatorTableTests
{
    [Fact]
    public void OperatorTable_Rows_ListEveryOperatorOnce()
    {
        var all = typeof(Operator).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Operator)) && !t.IsAbstract);
        Assert.Equal(all.Select(t => t.Name).Order(), OperatorTable.Rows.Select(r => r.Type.Name).Order());
    }
}
