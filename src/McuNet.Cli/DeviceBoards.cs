using McuNet.Compiler.Devices;
using McuNet.Runtimes.Qemu;

namespace McuNet.Cli;

/// <summary>The emulated board whose core executes a device's code; null for cores that are not emulated.</summary>
public static class DeviceBoards
{
    public static QemuBoard? Of(Device device) => device.Core.Id switch
    {
        "cortex-m0" or "cortex-m0plus" => QemuBoard.CortexM0,
        "cortex-m3" => QemuBoard.CortexM3,
        "cortex-m4" => device.Has(DeviceFeatures.FpuSingle) ? QemuBoard.CortexM4F : QemuBoard.CortexM3,
        "cortex-m7" => QemuBoard.CortexM7,
        "cortex-m33" => QemuBoard.CortexM33,
        "cortex-m55" or "cortex-m85" => QemuBoard.CortexM55,
        _ => null,
    };
}
