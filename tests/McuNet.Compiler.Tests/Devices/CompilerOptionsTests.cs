using System;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Tests;
using Xunit;
using static McuNet.Compiler.Devices.DeviceFeatures;

namespace McuNet.Compiler.Tests.Devices;

public sealed class CompilerOptionsTests
{
    [Theory]
    [InlineData("cortex-m0plus", None, "-mthumb -mcpu=cortex-m0plus -mfloat-abi=soft")]
    [InlineData("cortex-m4", Dsp, "-mthumb -mcpu=cortex-m4 -mfloat-abi=soft")]
    [InlineData("cortex-m4", Dsp | FpuSingle, "-mthumb -mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard")]
    [InlineData("cortex-m7", Dsp | FpuSingle, "-mthumb -mcpu=cortex-m7 -mfpu=fpv5-sp-d16 -mfloat-abi=hard")]
    [InlineData("cortex-m7", Dsp | FpuSingle | FpuDouble, "-mthumb -mcpu=cortex-m7 -mfpu=fpv5-d16 -mfloat-abi=hard")]
    [InlineData("cortex-m33", None, "-mthumb -mcpu=cortex-m33+nodsp -mfloat-abi=soft")]
    [InlineData("cortex-m33", Dsp | FpuSingle, "-mthumb -mcpu=cortex-m33 -mfpu=fpv5-sp-d16 -mfloat-abi=hard")]
    [InlineData("cortex-m55", Dsp | FpuSingle, "-mthumb -mcpu=cortex-m55+nomve -mfpu=auto -mfloat-abi=hard")]
    [InlineData(
        "cortex-m55",
        Dsp | FpuSingle | MveInteger,
        "-mthumb -mcpu=cortex-m55+nomve.fp -mfpu=auto -mfloat-abi=hard -fno-if-conversion"
    )]
    [InlineData(
        "cortex-m55",
        Dsp | FpuSingle | MveInteger | MveFloat,
        "-mthumb -mcpu=cortex-m55 -mfpu=auto -mfloat-abi=hard -fno-if-conversion"
    )]
    [InlineData("riscv-rv32imc", HardwareDivide | LongMultiply, "-march=rv32imc_zicsr_zifencei -mabi=ilp32")]
    public void For_CoreAndFeatures_SelectsExactlyThose(string core, DeviceFeatures features, string flags) =>
        Assert.Equal(flags, string.Join(" ", CompilerOptions.For(CoreTable.Find(core)!, features)));

    [ArmCompilerFact]
    public void CompilerFlags_OfEveryArmDevice_GiveItsFeaturesToTheCompiler()
    {
        var groups = DeviceDatabase.All.Where(d => d.Core.IsArm).GroupBy(d => string.Join(" ", d.CompilerFlags));

        Assert.All(groups, group => Assert.All(group, d => AssertMacros(d, Macros(group.Key))));
    }

    private static void AssertMacros(Device device, string macros)
    {
        Assert.Equal(device.Has(Dsp), macros.Contains("__ARM_FEATURE_DSP 1", StringComparison.Ordinal));
        Assert.Equal(device.Has(MveInteger), macros.Contains("__ARM_FEATURE_MVE ", StringComparison.Ordinal));
        Assert.Equal(device.Has(MveInteger | MveFloat), macros.Contains("__ARM_FEATURE_MVE 3", StringComparison.Ordinal));
        Assert.Equal(device.Has(FpuSingle), macros.Contains("__ARM_FP ", StringComparison.Ordinal));
        Assert.Equal(device.Has(FpuDouble), macros.Contains("__ARM_FP 14", StringComparison.Ordinal));
        Assert.Equal(device.Has(HardwareDivide), macros.Contains("__ARM_FEATURE_IDIV 1", StringComparison.Ordinal));
    }

    private static string Macros(string flags) =>
        ProgramRun.Good("arm-none-eabi-gcc", [.. flags.Split(' '), "-dM", "-E", "-x", "c", "-"]).Output;

    private sealed class ArmCompilerFactAttribute : FactAttribute
    {
        public ArmCompilerFactAttribute()
        {
            var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                Path.PathSeparator,
                StringSplitOptions.RemoveEmptyEntries
            );
            if (
                !folders.Any(f =>
                    File.Exists(Path.Combine(f, "arm-none-eabi-gcc")) || File.Exists(Path.Combine(f, "arm-none-eabi-gcc.exe"))
                )
            )
                Skip = "arm-none-eabi-gcc is not on the path";
        }
    }
}
