using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Runtimes.Qemu;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>Estimated bytes of code against what the cross compiler makes of the generated C.</summary>
public class CodeSizeEstimateTests
{
    [RealModelOnBoardTheory]
    [InlineData("mlperf_ad01_int8", "stm32l4r5")]
    [InlineData("mlperf_kws_dscnn_int8", "stm32l4r5")]
    [InlineData("mlperf_resnet8_int8", "stm32l4r5")]
    [InlineData("mlperf_vww_int8", "stm32l4r5")]
    [InlineData("mcunet_vww_int8", "stm32l4r5")]
    public void Estimate_RealModel_IsWithinAThirdOfTheCompiledCode(string name, string device)
    {
        var compilation = ModelCompiler
            .Compile(RealModel.Of(name).Graph, new CompileOptions { Name = name, Device = DeviceDatabase.Find(device).Value })
            .Value;
        var sizes = CompiledC.In(folder =>
            QemuEmulator.Compile(CompiledC.Write(compilation.Model, folder), QemuBoard.CortexM4F).Value.Sizes
        );
        var estimate = compilation.Footprint;
        var code = sizes.Text + sizes.Rodata + sizes.Data + sizes.Library - estimate.Weights;
        Assert.InRange(estimate.Code, code * 3 / 4, code * 4 / 3);
    }
}
