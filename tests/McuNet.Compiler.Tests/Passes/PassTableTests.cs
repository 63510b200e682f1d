using System.Linq;
using McuNet.Compiler.Passes;
using Xunit;

namespace McuNet.Compiler.Tests.Passes;

public sealed class PassTableTests
{
    [Fact]
    public void PassTable_Order_MeetsEveryConstraint()
    {
        var order = PassTable.Passes.Select(p => p.Name).ToList();
        Assert.All(
            PassTable.Constraints,
            c =>
            {
                Assert.Contains(c.Before, order);
                Assert.Contains(c.After, order);
                Assert.True(order.IndexOf(c.Before) < order.IndexOf(c.After), $"{c.Before} must run before {c.After}: {c.Because}");
            }
        );
        Assert.Equal(order.Count, order.Distinct().Count());
    }

    [Fact]
    public void Passes_All_HaveTestsOfTheirName() =>
        Assert.All(
            PassTable.Passes,
            p => Assert.NotNull(typeof(PassTableTests).Assembly.GetType($"{typeof(PassTableTests).Namespace}.{p.Name}Tests"))
        );
}
