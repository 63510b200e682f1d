using System.Linq;
using McuNet.Compiler.Import;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

public sealed class OnnxOperatorsTests
{
    [Fact]
    public void Rows_Names_AreUniqueAndInOrder()
    {
        var names = OnnxOperators.Rows.Select(r => (r.Domain, r.Operator)).ToArray();
        Assert.Equal(names.Distinct().Order(), names);
    }

    [Fact]
    public void Rows_All_AreRead() => Assert.DoesNotContain(OnnxOperators.Rows, r => r.Import is null);
}
