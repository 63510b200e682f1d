using System.Collections.Immutable;
using McuNet.Runtimes.Qemu;

namespace McuNet.Runtimes.Firmware;

/// <summary>The chip that a firmware project is written for.</summary>
/// <param name="Id">Device id.</param>
/// <param name="Part">The part as its maker spells it.</param>
/// <param name="Core">Id of the core, such as <c>cortex-m7</c>.</param>
/// <param name="Flags">What selects core and floating point unit for GCC.</param>
/// <param name="Vectors">Where the vector table lies; equal to <paramref name="Flash"/> where that is its start.</param>
/// <param name="Flash">Code, weights and cases.</param>
/// <param name="Ram">Stack and data.</param>
/// <param name="HasCaches">Whether the core has caches of its own, which the firmware switches on.</param>
/// <param name="BootsFromFlash">Whether a reset alone begins at <paramref name="Flash"/>; flash on the board mostly needs a header of the
/// vendor.</param>
public sealed record FirmwareTarget(
    string Id,
    string Part,
    string Core,
    ImmutableArray<string> Flags,
    BoardMemory Vectors,
    BoardMemory Flash,
    BoardMemory Ram,
    bool HasCaches,
    bool BootsFromFlash
);
