using System.Collections.Generic;
using System.Linq;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tests.Support;
using Xunit;

namespace McuNet.Conformance.Networks;

/// <summary>Random networks under random schedules on emulated cores, against the reference evaluator.</summary>
public sealed class RandomNetworksOnBoardsTests
{
    private const int RunnerBytes = 2048;

    [ArmTheory]
    [InlineData("cortex-m0", "stm32g0b1")]
    [InlineData("cortex-m3", "stm32f103")]
    [InlineData("cortex-m4f", "stm32l4r5")]
    [InlineData("cortex-m33", "nrf5340")]
    [InlineData("cortex-m55", "corstone300")]
    public void Board_RandomNetworks_MatchReference(string board, string device) =>
        On(QemuBoard.Find(board)!, device).AssertNoFailures(SweepSize.Other);

    private static Sweep On(QemuBoard board, string device) =>
        new(board.Id, [device], b => CompiledC.In(folder => CompiledC.OnBoard(b.Write(folder), board, b.Cases)))
        {
            Grouped = networks => Fitting(networks, board),
        };

    /// <summary>Groups that fit the board's RAM beside stack and runner; a network that never fits is left out.</summary>
    private static IEnumerable<IReadOnlyList<RandomCase>> Fitting(IEnumerable<RandomCase> networks, QemuBoard board)
    {
        var room = (int)board.Ram.Bytes - board.StackBytes - RunnerBytes;
        var group = new List<RandomCase>();
        foreach (var network in networks.Where(n => new NetworkBatch([n]).ArenaBytes <= room))
        {
            if (new NetworkBatch([.. group, network]).ArenaBytes > room)
            {
                yield return group.ToArray();
                group.Clear();
            }
            group.Add(network);
        }
        if (group.Count > 0)
            yield return group;
    }
}
