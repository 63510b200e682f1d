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

    /// <summary>The quantiser folds them into other operators.</summary>
    [Fact]
    public void Rows_ThatAreNotRead_AreThoseOfTheQuantiser() =>
        Assert.Equal(["BatchNormalization"], OnnxOperators.Rows.Where(r => r.Import is null).Select(r => r.Operator));
}
