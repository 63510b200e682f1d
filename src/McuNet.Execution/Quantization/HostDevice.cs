using System.Linq;
using McuNet.Compiler.Devices;

namespace McuNet.Execution.Quantization;

/// <summary>The device whose code runs where only results matter.</summary>
public static class HostDevice
{
    /// <summary>Kernels of the DSP extension run on this machine too, vector instructions do not.</summary>
    public static Device Typical =>
        DeviceDatabase.All.Where(d => d.Has(DeviceFeatures.Dsp) && !d.Has(DeviceFeatures.MveInteger)).MaxBy(d => d.SramBytes)!;
}
