using System;
using System.IO;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Cli.Tests.Layers;
using McuNet.Compiler.Devices;
using McuNet.Execution.Executors;
using McuNet.Runtimes.Qemu;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class DeviceBoardsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

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

    [ArmFact]
    public void Bench_FlagsAndMachineOfADeviceFile_AreUsed()
    {
        var file = Path.Combine(_workspace.Root, "board.json");
        File.WriteAllText(
            file,
            """
            {
              "id": "board", "name": "Board", "vendor": "Nobody", "core": "cortex-m4", "features": ["dsp", "hardware-divide", "long-multiply"], "clockHz": 100000000,
              "memory": [
                { "name": "RAM", "kind": "ram", "bytes": 262144, "address": "0x20000000", "uses": ["arena"], "access": "none" },
                { "name": "Flash", "kind": "flash", "bytes": 1048576, "address": "0x08000000", "uses": ["weights"], "access": "none" }
              ],
              "reservations": { "sramBytes": 0, "flashBytes": 0 }, "cost": { "flashReadCyclesPerByte": 0 },
              "compilerFlags": ["-mthumb", "-mcpu=cortex-m4", "-mfloat-abi=soft", "-fno-unroll-loops"], "qemu": { "machine": "mps2-an500" }, "sources": ["none"]
            }
            """
        );
        var bench = CommandRun.Of("bench", _workspace.Model, "--device", file, "--json").Json;
        Assert.Contains("-mcpu=cortex-m4 -mfloat-abi=soft -fno-unroll-loops", (string)bench["flags"]!, StringComparison.Ordinal);
        Assert.Equal("cortex-m7", (string)bench["board"]!);
    }

    [ArmFact]
    public void Bench_ModelTooLargeForTheSmallBoard_RunsOnTheLargeOne()
    {
        var model = Path.Combine(_workspace.Root, "wide.onnx");
        File.WriteAllBytes(
            model,
            Networks.Begin(1, 3, 96, 96).Conv("in_dq", "a", 3, 4, 1).Rounded("a", "a").Output("a_dq", 1, 4, 96, 96).ToArray()
        );
        var large = CommandRun.Of("bench", model, "--device", "rp2040", "--json").Json;
        Assert.Equal("cortex-m3", (string)large["board"]!);
        Assert.Contains("-mcpu=cortex-m0plus", (string)large["flags"]!, StringComparison.Ordinal);
        Assert.Equal("cortex-m0", (string)CommandRun.Of("bench", _workspace.Model, "--device", "rp2040", "--json").Json["board"]!);
    }
}
