using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Graph;

public class GraphOrderTests
{
    private static readonly NetworkGraph Cell = WiredNetwork.Cell(branches: 2, wide: 6, narrow: 2);

    [Fact]
    public void Reorder_BranchesSwapped_KeepsTensorsAndRenumbersNodes()
    {
        var order = new[] { 0, 2, 4, 6, 1, 3, 5, 7, 8, 9 }.Select(n => new NodeId(n)).ToArray();
        var reordered = GraphOrder.Reorder(Cell, order);
        Assert.Equal(Cell.Tensors, reordered.Tensors);
        Assert.Equal(order.Select(n => Cell[n].Name), reordered.Nodes.Select(n => n.Name));
        Assert.Equal(Enumerable.Range(0, order.Length), reordered.Nodes.Select(n => n.Id.Value));
    }

    [Theory]
    [InlineData("0 1 2 3 4 5 6 7 8")]
    [InlineData("0 1 2 3 4 5 6 7 8 8")]
    [InlineData("0 3 2 1 4 5 6 7 8 9")]
    public void Reorder_NoTopologicalPermutation_Throws(string order) =>
        Assert.Throws<InvalidOperationException>(() =>
            GraphOrder.Reorder(Cell, [.. order.Split(' ').Select(n => new NodeId(int.Parse(n)))])
        );
}
