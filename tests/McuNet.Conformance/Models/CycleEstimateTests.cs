using System;
using System.Linq;
using McuNet.Cli;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Diagnostics;
using McuNet.Execution.Executors;
using McuNet.Runtimes.Qemu;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>Estimated cycles against those that the timing table of the Cortex-M4 gives for the executed instructions.</summary>
public class CycleEstimateTests
{
    private const double Tolerance = 0.04;

    [RealModelOnBoardTheory]
    [InlineData("mlperf_ad01_int8")]
    [InlineData("mlperf_kws_dscnn_int8")]
    [InlineData("mlperf_vww_int8")]
    [InlineData("tflm_micro_speech_int8")]
    [InlineData("coral_mbv1_025_128_uint8")]
    public void Compile_RealModel_EstimatesCyclesWithinFourPercent(string name)
    {
        var device = DeviceDatabase.Find("stm32l4r5").Value.WithIdealMemory();
        var model = ModelCompiler.Compile(RealModel.Of(name).Graph, new CompileOptions { Name = name, Device = device }).Value.Model;
        var measured = Measure(model, device).Cycles!.Value;
        Assert.True(Math.Abs(model.Cycles / measured - 1) < Tolerance, $"{name}: estimated {model.Cycles:N0}, measured {measured:N0}");
    }

    /// <summary>Those of the device count waiting for its flash, by the plugin's model of its caches.</summary>
    [RealModelOnBoardTheory]
    [MemberData(nameof(DeviceCases))]
    public void Compile_RealModelOnADevice_EstimatesDeviceCyclesWithinFourPercent(string name, string id)
    {
        var device = DeviceDatabase.Find(id).Value;
        var model = ModelCompiler.Compile(RealModel.Of(name).Graph, new CompileOptions { Name = name, Device = device }).Value.Model;
        var measured = Measure(model, device);
        Assert.True(measured.DeviceCycles > measured.Cycles);
        Assert.True(
            Math.Abs(model.Cycles / measured.DeviceCycles!.Value - 1) < Tolerance,
            $"{name} on {id}: estimated {model.Cycles:N0}, measured {measured.DeviceCycles:N0}"
        );
    }

    public static TheoryData<string, string> DeviceCases()
    {
        var cases = new TheoryData<string, string>();
        foreach (
            var name in new[] { "mlperf_ad01_int8", "mlperf_kws_dscnn_int8", "mlperf_resnet8_int8", "mlperf_vww_int8", "mcunet_vww_int8" }
        )
        {
            foreach (var id in new[] { "stm32l4r5", "stm32f446", "stm32g474", "nrf52840" })
                cases.Add(name, id);
        }

        return cases;
    }

    private static WorkCount Measure(CompiledModel model, Device device) =>
        CompiledC.In(folder =>
        {
            var artifact = CompiledC.Write(model, folder);
            var random = new Random(1);
            var inputs = artifact.InputBytes.Select(n => new byte[n]).ToArray();
            foreach (var input in inputs)
                random.NextBytes(input);
            return QemuEmulator
                .Run(artifact, DeviceBoards.Of(device)!, [inputs], new QemuOptions { Measurement = QemuMeasurement.Totals })
                .Value.Worst!;
        });
}
