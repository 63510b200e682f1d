using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Pipeline;

/// <summary>What the kernel table may use on a device, and how its cycles scale there.</summary>
public static class DeviceKernels
{
    public static KernelTarget TargetOf(Device device, KernelSet set = KernelSet.Fast)
    {
        var target = new KernelTarget(KernelLanguage.C, device.Features, set, device.FlashAccess);
        return target with { WaitScale = 1 / ScaleOf(device, target) };
    }

    /// <summary>Cycles on the device for cycles on the yardstick core, plus what reading the constants from its flash costs where costs
    /// leave that out.</summary>
    public static double Scale(Device device, double cycles, long constantBytes, KernelSet set = KernelSet.Fast) =>
        cycles * ScaleOf(device, TargetOf(device, set))
        + (device.FlashAccess is null ? constantBytes * device.Cost.FlashReadCyclesPerByte : 0);

    private static double ScaleOf(Device device, KernelTarget target) =>
        target.Has(DeviceFeatures.MveInteger) ? device.Cost.MveScale ?? device.Cost.PortableScale
        : target.Has(DeviceFeatures.Dsp) ? device.Cost.DspScale ?? device.Cost.PortableScale
        : device.Cost.PortableScale;
}
