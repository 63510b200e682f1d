using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Runtimes.Qemu;

/// <summary>An emulated board: its processor stands for every device with the same core.</summary>
/// <param name="Id">Core and, where it has one, floating point unit: <c>cortex-m4f</c>.</param>
/// <param name="Machine">QEMU's name of the board.</param>
/// <param name="CompilerFlags">What selects the core for GCC.</param>
/// <param name="Vectors">Where the core looks for its vector table after reset.</param>
/// <param name="Flash">Memory that plays flash.</param>
/// <param name="StackBytes">Stack set aside at the start of RAM.</param>
/// <param name="HasCycleModel">Whether the Cortex-M4 timing table describes this core.</param>
public sealed record QemuBoard(
    string Id,
    string Machine,
    ImmutableArray<string> CompilerFlags,
    BoardMemory Vectors,
    BoardMemory Flash,
    BoardMemory Ram,
    int StackBytes,
    bool HasCycleModel
)
{
    /// <summary>The flash of the device that the board stands for; null where memory counts as ideal.</summary>
    public FlashWaits? Waits { get; init; }

    private const uint Kilo = 1024;
    private const uint Mega = 1024 * 1024;

    /// <summary>The BBC micro:bit: 256 kB of flash and 16 kB of RAM, so only small models.</summary>
    public static readonly QemuBoard CortexM0 = Row(
        "cortex-m0",
        "microbit",
        "-mcpu=cortex-m0 -mfloat-abi=soft",
        flash: new(0, 256 * Kilo),
        ram: new(0x20000000, 16 * Kilo),
        stackBytes: 2 * 1024
    );

    public static readonly QemuBoard CortexM3 = Row(
        "cortex-m3",
        "mps2-an385",
        "-mcpu=cortex-m3 -mfloat-abi=soft",
        flash: new(0, 4 * Mega),
        ram: new(0x20000000, 4 * Mega)
    );

    public static readonly QemuBoard CortexM4F = Row(
        "cortex-m4f",
        "mps2-an386",
        "-mcpu=cortex-m4 -mfpu=auto -mfloat-abi=hard",
        flash: new(0, 4 * Mega),
        ram: new(0x20000000, 4 * Mega),
        hasCycleModel: true
    );

    public static readonly QemuBoard CortexM7 = Row(
        "cortex-m7",
        "mps2-an500",
        "-mcpu=cortex-m7 -mfpu=auto -mfloat-abi=hard",
        flash: new(0, 4 * Mega),
        ram: new(0x20000000, 4 * Mega)
    );

    /// <summary>Starts in the secure state: addresses are the secure aliases.</summary>
    public static readonly QemuBoard CortexM33 = Row(
        "cortex-m33",
        "mps2-an505",
        "-mcpu=cortex-m33 -mfpu=auto -mfloat-abi=hard",
        flash: new(0x10000000, 4 * Mega),
        ram: new(0x38000000, 4 * Mega)
    );

    /// <summary>
    /// Vectors in ITCM, code in DDR, data in ISRAM. <c>-fno-if-conversion</c> because GCC 12 otherwise may emit a predicated
    /// <c>vcvtne</c> that its own assembler refuses.
    /// </summary>
    public static readonly QemuBoard CortexM55 = Row(
        "cortex-m55",
        "mps3-an547",
        "-mcpu=cortex-m55 -mfpu=auto -mfloat-abi=hard -fno-if-conversion",
        flash: new(0x60000000, 8 * Mega),
        ram: new(0x21000000, 2 * Mega),
        vectors: new(0, 4 * Kilo)
    );

    public static ImmutableArray<QemuBoard> All { get; } = [CortexM0, CortexM3, CortexM4F, CortexM7, CortexM33, CortexM55];

    public static QemuBoard? Find(string id) => All.FirstOrDefault(b => b.Id == id);

    public override string ToString() => Id;

    internal string LinkerScript() => LinkMemory.Script(Vectors, Flash, Ram, StackBytes);

    private static QemuBoard Row(
        string id,
        string machine,
        string flags,
        BoardMemory flash,
        BoardMemory ram,
        BoardMemory? vectors = null,
        int stackBytes = 32 * 1024,
        bool hasCycleModel = false
    ) => new(id, machine, [.. flags.Split(' '), "-mthumb"], vectors ?? flash, flash, ram, stackBytes, hasCycleModel);
}
