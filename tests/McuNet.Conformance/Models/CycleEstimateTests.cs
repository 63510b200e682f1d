using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Diagnostics;
using McuNet.Runtimes.Qemu;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>Estimated cycles against those that the timing table of the Cortex-M4 gives for the executed instructions.</summary>
public class CycleEstimateTests
{
    private const double Tolerance = 0.1;

    [RealModelOnBoardTheory]
    [InlineData("mlperf_ad01_int8")]
    [InlineData("mlperf_kws_dscnn_int8")]
    [InlineData("mlperf_vww_int8")]
    [InlineData("tflm_micro_speech_int8")]
    [InlineData("coral_mbv1_025_128_uint8")]
    public void Compile_RealModel_EstimatesCyclesWithinTenPercent(string name)
    {
        var device = DeviceDatabase.Find("stm32l4r5").Value;
        device = device with { Cost = device.Cost with { FlashReadCyclesPerByte = 0 } };
        var model = ModelCompiler.Compile(RealModel.Of(name).Graph, new CompileOptions { Name = name, Device = device }).Value.Model;
        var measured = Measure(model);
        Assert.True(Math.Abs(model.Cycles / measured - 1) < Tolerance, $"{name}: estimated {model.Cycles:N0}, measured {measured:N0}");
    }

    private static double Measure(CompiledModel model) => CompiledC.In(folder =>
    {
        var artifact = CompiledC.Write(model, folder);
        var random = new Random(1);
        var inputs = artifact.InputBytes.Select(n => new byte[n]).ToArray();
        foreach (var input in inputs)
            random.NextBytes(input);
        return QemuEmulator.Run(artifact, QemuBoard.CortexM4F, [inputs], new QemuOptions { Measurement = QemuMeasurement.Operators }).Value.Worst!.Cycles!.Value;
    });
}
