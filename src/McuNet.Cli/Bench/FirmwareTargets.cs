using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Diagnostics;
using McuNet.Runtimes.Firmware;
using McuNet.Runtimes.Qemu;

namespace McuNet.Cli.Bench;

/// <summary>Devices as targets of firmware projects.</summary>
internal static class FirmwareTargets
{
    private static readonly ImmutableArray<string> CoresWithCaches = ["cortex-m7", "cortex-m55", "cortex-m85"];

    /// <summary>The target, or MCU7040 for a core that is no Cortex-M and for memory without an address.</summary>
    public static StageResult<FirmwareTarget> Of(Device device)
    {
        if (!device.Core.IsArm)
            return Refused(device, $"its core is {device.CoreName}, and the start-up code is for Cortex-M");
        if (device.Flash is not { Address: not null } flash || device.Sram is not { Address: not null } ram)
            return Refused(device, "its device file gives no address for flash or RAM");
        var internalFlash = device.Memory.Any(r => r.Kind == MemoryKind.Flash && r.Address == flash.Address);
        var first = device.Memory.FirstOrDefault(r => r.Kind == MemoryKind.Tcm && r.Address == 0);
        return StageResult<FirmwareTarget>.Success(
            new FirmwareTarget(
                device.Id,
                device.Name,
                device.Core.Id,
                device.CompilerFlags,
                internalFlash || first is null ? Memory(flash) : Memory(new MemorySpan(0, first.Bytes)),
                Memory(flash),
                Memory(ram),
                CoresWithCaches.Contains(device.Core.Id)
                    && (device.Has(DeviceFeatures.DataCache) || device.Has(DeviceFeatures.InstructionCache)),
                internalFlash
            )
        );
    }

    private static StageResult<FirmwareTarget> Refused(Device device, string why) =>
        StageResult<FirmwareTarget>.Failure(Diagnostic.Create(DiagnosticCatalog.FirmwareNotPossible, device.Id, why));

    private static BoardMemory Memory(MemorySpan span) => new((uint)span.Address!.Value, (uint)span.Bytes);
}
