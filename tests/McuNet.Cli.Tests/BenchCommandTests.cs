using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Cli.Bench;
using McuNet.Cli.Printing;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests;
using McuNet.Execution.Tests.Layers;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class BenchCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [ArmFact]
    public void Bench_Model_HasTheStackOfCompile()
    {
        var compiled = _workspace.Compile("--json").Json["sram"]!;

        var bench = CommandRun.Of("bench", _workspace.Model, "--device", "nrf52840", "--json").Json;

        Assert.Equal((long)compiled["stack"]!, (long)bench["stack"]!);
        Assert.InRange((long)bench["stackUsed"]!, 1, (long)bench["stack"]!);
    }

    [Fact]
    public void Bench_DotNet_RunsTheCSharpBothWaysAndAllocatesNothing()
    {
        var bench = CommandRun.Of("bench", _workspace.Model, "--device", "nrf52840", "--dotnet", "--json").Json;

        Assert.Equal(["name", "runtime", "processor", "vectorsMs", "arraysMs", "onnxRuntimeMs", "allocated"], bench.Select(p => p.Key));
        Assert.True((double)bench["vectorsMs"]! > 0 && (double)bench["arraysMs"]! > 0);
        Assert.Equal(0, (long)bench["allocated"]!);
        Assert.Equal(
            "--dotnet measures on this machine, --firmware and --log on a board; give one of them.",
            CommandRun.Of("bench", _workspace.Model, "--device", "nrf52840", "--dotnet", "--log", "x").Error.Trim()
        );
    }

    /// <summary>Real inputs are numbers: what is none may take longer, and an emulator may count it otherwise than a device.</summary>
    [ArmFact]
    public void Measure_RealInputs_AreNumbers()
    {
        var model = new OnnxBytes().Input("x", 1, 2000).Input("z", 1, 2000).Node("Max", "x z", "y").Output("y", 1, 2000);
        var options = new CompileOptions { Name = "net", Device = DeviceDatabase.Find("nrf52840").Value };
        var run = BenchCommand.Measure(ModelCompiler.Compile(model.ToArray(), "net.onnx", options).Value).Value;
        Assert.All(MemoryMarshal.Cast<byte, float>(run.Outputs[0][0]).ToArray(), v => Assert.InRange(v, -1f, 1f));
    }

    [ArmFact]
    public void Bench_Json_HasTheDocumentedFields()
    {
        var bench = CommandRun.Of("bench", _workspace.Model, "--device", "nrf52840", "--json").Json;

        Assert.Equal(
            [
                "name",
                "device",
                "board",
                "flags",
                "instructions",
                "cycles",
                "deviceCycles",
                "memory",
                "fetchWaits",
                "dataWaits",
                "estimatedCycles",
                "estimatedDeviceCycles",
                "fits",
                "kernels",
                "diagnostics",
                "arena",
                "arenaBound",
                "arenaGap",
                "arenaWeights",
                "scratch",
                "stack",
                "stackUsed",
                "flashWeights",
                "flashCode",
                "macs",
                "macFactor",
                "operators",
            ],
            bench.Select(p => p.Key)
        );
        Assert.All(
            [
                "name",
                "kind",
                "kernel",
                "cycles",
                "deviceCycles",
                "fetchWaits",
                "dataWaits",
                "instructions",
                "macs",
                "estimatedCycles",
                "estimatedDeviceCycles",
                "steps",
            ],
            k => Assert.NotNull(bench["operators"]![0]![k])
        );
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
