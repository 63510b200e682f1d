using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Scheduling;

public sealed class DemandOrderTests
{
    private static readonly Window Three = new()
    {
        KernelHeight = 3,
        KernelWidth = 3,
        PadTop = 1,
        PadBottom = 1,
        PadLeft = 1,
        PadRight = 1,
    };

    [Fact]
    public void Run_RowByRow_ComputesEachRowWhenItIsFirstNeeded() =>
        Assert.Equal("0.0 0.1 1.0 0.2 1.1 0.3 1.2 1.3", Order(Chain(4, Three), [0, 0]));

    [Fact]
    public void Run_BlockOfTwo_WaitsForTheRowsOfTheBlock() =>
        Assert.Equal("0.0 0.1 0.2 1.0+2 0.3 0.4 1.2+2 1.4+1", Order(Chain(5, Three), [0, 2]));

    [Fact]
    public void Run_BlockBeforeRows_RunsWhenItsFirstRowIsNeeded() =>
        Assert.Equal("0.0+2 1.0 0.2+2 1.1 1.2 0.4+1 1.3 1.4", Order(Chain(5, Three), [2, 0]));

    [Fact]
    public void Run_BlockOfAllRows_IsOneStep() => Assert.Equal("0.0+5 1.0+5", Order(Chain(5, Three), [5, 5]));

    /// <summary>At stride two without padding behind, nobody reads the last of four rows.</summary>
    [Fact]
    public void Run_BlockBeforeAStride_LeavesOutRowsThatNobodyReads() =>
        Assert.Equal("0.0+2 0.2+1 1.0", Order(Chain(4, Three with { StrideHeight = 2, PadTop = 0, PadBottom = 0 }), [2, 0]));

    private static NetworkGraph Chain(int height, Window second)
    {
        var net = new NetworkBuilder(1);
        var x = net.Depthwise(net.Input(height, 4, 4), Three);
        return net.Build("chain", [net.Depthwise(x, second)]);
    }

    /// <summary>Node and first row of each step, with the number of rows where it is a block.</summary>
    private static string Order(NetworkGraph graph, int[] blocks) =>
        string.Join(
            ' ',
            new DemandOrder(new NetworkRows(graph), InputMode.Resident)
                .Run(0, 2, blocks)
                .Select(s => $"{s.Node.Value}.{s.First}{(s.Joined ? $"+{s.Count}" : "")}")
        );
}
