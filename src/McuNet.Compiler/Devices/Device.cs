using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace McuNet.Compiler.Devices;

/// <summary>A microcontroller: what the compiler must know to choose kernels, check budgets and estimate time and energy.</summary>
/// <remarks>
/// Invariant: made by <see cref="DeviceReader"/>, a device agrees with <see cref="CoreTable"/>, has memory for an arena and
/// for weights that exceeds the reservations, regions that do not overlap, and a source for its numbers.
/// </remarks>
public sealed record Device
{
    /// <summary>Lower case without vendor, such as <c>nrf52840</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The part as its maker spells it.</summary>
    public required string Name { get; init; }

    public required string Vendor { get; init; }

    /// <summary>Other names that find the device, lower case: part numbers with package, boards.</summary>
    public required ImmutableArray<string> Aliases { get; init; }

    /// <summary>The core that runs the network; on a multi-core chip the one named in the manifest.</summary>
    public required Core Core { get; init; }

    public required DeviceFeatures Features { get; init; }

    /// <summary>Core clock in hertz at which time and energy are estimated, usually the highest.</summary>
    public required long ClockHz { get; init; }

    /// <summary>All memory that code may see, in the manifest's order.</summary>
    public required ImmutableArray<MemoryRegion> Memory { get; init; }

    public required Reservations Reservations { get; init; }

    /// <summary>The compiler driver, such as <c>arm-none-eabi-gcc</c>.</summary>
    public required string Compiler { get; init; }

    /// <summary>Flags that select core and floating-point unit.</summary>
    public required ImmutableArray<string> CompilerFlags { get; init; }

    public required CostModel Cost { get; init; }

    /// <summary>Null where no current is published.</summary>
    public PowerModel? Power { get; init; }

    public required QemuTarget Qemu { get; init; }

    /// <summary>Documents and the numbers taken from each; approximate figures say so.</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>
    /// Bytes of the largest buffer that fits one stretch of arena-capable RAM. Adjacent regions join, memory elsewhere in the
    /// address space does not, because the arena is one static buffer. <see cref="Reservations"/> are not yet taken off.
    /// </summary>
    public long SramBytes => Sram?.Bytes ?? 0;

    /// <summary>Where those bytes lie; null without any.</summary>
    public MemorySpan? Sram =>
        MemorySpans.Largest(Memory, MemoryUses.Arena, k => k is MemoryKind.Ram or MemoryKind.Tcm or MemoryKind.ExternalRam);

    /// <summary>
    /// Bytes of the largest stretch of mapped non-volatile memory for code and weights, on the chip if there is any there.
    /// <see cref="Reservations"/> are not yet taken off.
    /// </summary>
    public long FlashBytes => Flash?.Bytes ?? 0;

    /// <summary>Where those bytes lie; null without any.</summary>
    public MemorySpan? Flash => MemorySpans.Largest(Memory, MemoryUses.Weights, k => k is MemoryKind.Flash or MemoryKind.ExternalFlash);

    /// <summary>How the core waits for the memory of code and weights at its clock; null where that is not known, and memory counts as
    /// ideal.</summary>
    public FlashAccess? FlashAccess =>
        Memory.FirstOrDefault(r => r.Uses.HasFlag(MemoryUses.Weights) && r.Timing is not null)?.Timing is { } timing
            ? Devices.FlashAccess.Of(timing, ClockHz)
            : null;

    /// <summary>Bytes left for the network's arena and stack by default.</summary>
    public long SramBudgetBytes => SramBytes - Reservations.SramBytes;

    /// <summary>Bytes left for the network's weights and code by default.</summary>
    public long FlashBudgetBytes => FlashBytes - Reservations.FlashBytes;

    public string? QemuMachine => Qemu.Machine;

    public string? QemuReason => Qemu.Reason;

    /// <summary>The core with the usual suffix for its FPU, such as <c>Cortex-M4F</c>.</summary>
    public string CoreName => Core.Id == "cortex-m4" && Has(DeviceFeatures.FpuSingle) ? Core.Name + "F" : Core.Name;

    /// <summary>Whether all of <paramref name="features"/> are there.</summary>
    public bool Has(DeviceFeatures features) => (Features & features) == features;

    /// <summary>The same without vector instructions: what code that also runs elsewhere may use.</summary>
    public Device WithoutVectors() =>
        Has(DeviceFeatures.MveInteger)
            ? this with
            {
                Features = Features & ~(DeviceFeatures.MveInteger | DeviceFeatures.MveFloat),
                Cost = Cost with { MveScale = null },
            }
            : this;

    /// <summary>The same with memory that never waits.</summary>
    public Device WithIdealMemory() =>
        this with
        {
            Memory = [.. Memory.Select(r => r with { Timing = null })],
            Cost = Cost with { FlashReadCyclesPerByte = 0 },
        };

    /// <summary>What its memory is taken for, in a few words.</summary>
    public string MemoryText =>
        FlashAccess?.ToString()
        ?? (
            Cost.FlashReadCyclesPerByte == 0
                ? IdealMemory
                : $"{IdealMemory} but for {Cost.FlashReadCyclesPerByte.ToString("0.##", CultureInfo.InvariantCulture)} cycles per byte of weights"
        );

    private const string IdealMemory = "ideal memory";

    /// <summary>Time for that many core cycles, in milliseconds.</summary>
    public double Milliseconds(double cycles) => cycles * 1e3 / ClockHz;

    /// <summary>Energy of that many core cycles, in millijoules; null without <see cref="Power"/>.</summary>
    public double? Millijoules(double cycles) =>
        Power is null ? null : cycles * Power.ActiveMicroampsPerMegahertz * Power.SupplyVolts / 1e9;
}
