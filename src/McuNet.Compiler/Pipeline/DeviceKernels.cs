using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Pipeline;

/// <summary>What the kernel table may use on a device, and how its cycles scale there.</summary>
public static class DeviceKernels
{
    public static KernelTarget TargetOf(Device device, KernelSet set = KernelSet.Fast) => new(KernelLanguage.C, device.Features, set);

    /// <summary>Cycles on the device for cycles on the yardstick core, plus what reading the constants from its flash costs.</summary>
    public static double Scale(Device device, double cycles, long constantBytes, KernelSet set = KernelSet.Fast)
    {
        var (cost, target) = (device.Cost, TargetOf(device, set));
        var scale = target.Has(DeviceFeatures.MveInteger) ? cost.MveScale ?? cost.PortableScale
            : target.Has(DeviceFeatures.Dsp) ? cost.DspScale ?? cost.PortableScale
            : cost.PortableScale;
        return cycles * scale + constantBytes * cost.FlashReadCyclesPerByte;
    }
}
