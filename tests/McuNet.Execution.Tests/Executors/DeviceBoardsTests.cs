using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Execution.Executors;
using McuNet.Runtimes.Qemu;
using Xunit;

namespace McuNet.Execution.Tests.Executors;

public sealed class DeviceBoardsTests
{
    [Fact]
    public void Machines_OfTheCoreTable_AreThoseOfTheBoards() =>
        Assert.Equal(QemuBoard.All.Select(b => b.Machine).Order(StringComparer.Ordinal), CoreTable.Machines.Order(StringComparer.Ordinal));

    [Fact]
    public void Of_EveryDevice_IsTheMachineOfItsFileWithItsFlags() =>
        Assert.All(
            DeviceDatabase.All,
            device =>
            {
                var board = DeviceBoards.Of(device);
                Assert.Equal(device.QemuMachine, board?.Machine);
                if (board is not null)
                    Assert.Equal<string>(device.CompilerFlags, board.CompilerFlags);
            }
        );

    [Fact]
    public void Of_OtherCoreOnTheBoardOfTheTimingTable_HasNoCycleModel()
    {
        var device = DeviceDatabase.Find("nrf52840").Value;
        Assert.True(DeviceBoards.Of(device)!.HasCycleModel);
        Assert.False(DeviceBoards.Of(device with { Core = CoreTable.Find("cortex-m7")! })!.HasCycleModel);
    }
}
