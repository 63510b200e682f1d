namespace McuNet.Compiler.Devices;

/// <summary>
/// How cycles on a device follow from cycles on the yardstick, a Cortex-M4 with zero-wait-state memory (its instruction
/// timing table). Scales are averages over whole networks, good to some 20 percent; a single layer may differ more.
/// </summary>
public sealed record CostModel
{
    /// <summary>The core whose timing table all scales refer to.</summary>
    public const string Yardstick = "cortex-m4";

    /// <summary>Cycles of a portable C kernel here, per cycle of the same C compiled for the yardstick.</summary>
    public required double PortableScale { get; init; }

    /// <summary>Cycles of a DSP kernel here, per cycle on the yardstick; null without <see cref="DeviceFeatures.Dsp"/>.</summary>
    public double? DspScale { get; init; }

    /// <summary>
    /// Cycles of an MVE kernel here, per cycle of the DSP kernel that does the same work on the yardstick; null without
    /// <see cref="DeviceFeatures.MveInteger"/>.
    /// </summary>
    public double? MveScale { get; init; }

    /// <summary>
    /// Extra cycles for each byte of constants that a kernel streams from the region holding the weights, with the
    /// accelerator or cache in its usual configuration: wait states divided by the bytes that one access fetches. It
    /// assumes that no weight is still cached from an earlier pass. Zero where <see cref="Device.FlashAccess"/> says more.
    /// </summary>
    public required double FlashReadCyclesPerByte { get; init; }
}

/// <summary>Supply current of the running core.</summary>
public sealed record PowerModel
{
    /// <summary>Microamperes per megahertz of core clock while computing, peripherals off.</summary>
    public required double ActiveMicroampsPerMegahertz { get; init; }

    /// <summary>The supply at which the current was given, in volts.</summary>
    public required double SupplyVolts { get; init; }
}

/// <summary>Memory that the rest of the firmware keeps, stack included, unless the project says otherwise.</summary>
/// <param name="SramBytes">Bytes taken from <see cref="Device.SramBytes"/>.</param>
/// <param name="FlashBytes">Bytes taken from <see cref="Device.FlashBytes"/>.</param>
public sealed record Reservations(long SramBytes, long FlashBytes);

/// <summary>How code for a device is executed under emulation.</summary>
/// <remarks>Invariant: without a machine there is a reason.</remarks>
public sealed record QemuTarget
{
    /// <summary>The machine of <c>qemu-system-arm</c>, or null where code for the device cannot be emulated.</summary>
    public string? Machine { get; init; }

    /// <summary>A machine with more memory that also executes the code but is less strict about the instruction set; null where not
    /// needed.</summary>
    public string? LargeMachine { get; init; }

    /// <summary>Why there is no machine, or how the machine differs from the device; null where the core is the same.</summary>
    public string? Reason { get; init; }
}
