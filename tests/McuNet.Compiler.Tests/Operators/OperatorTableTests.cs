using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
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

    /// <summary>The driver of generated code delivers rows again, no kernel does; networks with bands of streamed input run it.</summary>
    [Fact]
    public void OperatorTable_Rows_AllHaveConformanceCases()
    {
        var covered = PortableKernelTests.Linear().Concat(PortableKernelTests.Others()).Select(c => c.Operator.GetType()).ToHashSet();
        Assert.Equal([nameof(Redelivery)], OperatorTable.Rows.Where(row => !covered.Contains(row.Type)).Select(row => row.Type.Name));
    }

    [Fact]
    public void OperatorTable_Rows_HaveTestsOfTheirName() =>
        Assert.All(
            OperatorTable.Rows,
            r => Assert.NotNull(typeof(OperatorTableTests).Assembly.GetType($"{typeof(OperatorTableTests).Namespace}.{r.Type.Name}Tests"))
        );
}
