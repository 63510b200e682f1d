using System;
using System.Collections.Immutable;
using System.Linq;
using static McuNet.Compiler.Devices.DeviceFeatures;

namespace McuNet.Compiler.Devices;

/// <summary>
/// Every core that a manifest may name. Scales are cycles relative to a Cortex-M4. For M33 (0.91), M7 (0.61) and M85 with MVE (0.38)
/// they come from the fastest published MLPerf Tiny latencies on boards with each core, as geometric mean over its four
/// networks. M0, M0+ and M3 come from an unrolled int8 dot product compiled for each of them and for the M4, with the cycles of
/// each instruction from their technical reference manuals. M55, RISC-V and Xtensa are estimates.
/// </summary>
public static class CoreTable
{
    private const DeviceFeatures Caches = DataCache | InstructionCache;

    /// <summary>GCC 12 otherwise may emit a predicated <c>vcvtne</c> that its own assembler refuses.</summary>
    private static readonly ImmutableArray<string> WithoutPredication = ["-fno-if-conversion"];

    public static ImmutableArray<Core> All { get; } =
    [
        new()
        {
            Id = "cortex-m0",
            Name = "Cortex-M0",
            InstructionSet = InstructionSet.Armv6M,
            Required = None,
            Optional = Caches,
            Flags = ["-mthumb", "-mcpu=cortex-m0"],
            PortableScale = 2.1,
            Qemu = new()
            {
                Machine = "microbit",
                LargeMachine = "mps2-an385",
                Reason = "The microbit has 16 KiB of RAM and 256 KiB of flash; larger models run the same code on a Cortex-M3.",
            },
        },
        new()
        {
            Id = "cortex-m0plus",
            Name = "Cortex-M0+",
            InstructionSet = InstructionSet.Armv6M,
            Required = None,
            Optional = Caches,
            Flags = ["-mthumb", "-mcpu=cortex-m0plus"],
            PortableScale = 2.0,
            Qemu = new()
            {
                Machine = "microbit",
                LargeMachine = "mps2-an385",
                Reason =
                    "QEMU has no Cortex-M0+; a Cortex-M0 executes the same Armv6-M code. The microbit has 16 KiB of RAM and 256 KiB of flash; larger models run on a Cortex-M3.",
            },
        },
        new()
        {
            Id = "cortex-m3",
            Name = "Cortex-M3",
            InstructionSet = InstructionSet.Armv7M,
            Required = HardwareDivide | LongMultiply,
            Optional = Caches,
            Flags = ["-mthumb", "-mcpu=cortex-m3"],
            PortableScale = 1.2,
            Qemu = new() { Machine = "mps2-an385" },
        },
        new()
        {
            Id = "cortex-m4",
            Name = "Cortex-M4",
            InstructionSet = InstructionSet.Armv7EM,
            Required = Dsp | HardwareDivide | LongMultiply,
            Optional = FpuSingle | Caches,
            Flags = ["-mthumb", "-mcpu=cortex-m4"],
            PortableScale = 1,
            DspScale = 1,
            Qemu = new() { Machine = "mps2-an386" },
        },
        new()
        {
            Id = "cortex-m7",
            Name = "Cortex-M7",
            InstructionSet = InstructionSet.Armv7EM,
            Required = Dsp | HardwareDivide | LongMultiply,
            Optional = FpuSingle | FpuDouble | Caches,
            Flags = ["-mthumb", "-mcpu=cortex-m7"],
            PortableScale = 0.61,
            DspScale = 0.61,
            Qemu = new() { Machine = "mps2-an500" },
        },
        new()
        {
            Id = "cortex-m33",
            Name = "Cortex-M33",
            InstructionSet = InstructionSet.Armv8MMainline,
            Required = HardwareDivide | LongMultiply,
            Optional = Dsp | FpuSingle | Caches,
            Flags = ["-mthumb", "-mcpu=cortex-m33"],
            PortableScale = 0.91,
            DspScale = 0.91,
            Qemu = new() { Machine = "mps2-an505" },
        },
        new()
        {
            Id = "cortex-m55",
            Name = "Cortex-M55",
            InstructionSet = InstructionSet.Armv81MMainline,
            Required = Dsp | HardwareDivide | LongMultiply,
            Optional = FpuSingle | FpuDouble | MveInteger | MveFloat | Caches,
            Flags = ["-mthumb", "-mcpu=cortex-m55"],
            VectorFlags = WithoutPredication,
            PortableScale = 0.85,
            DspScale = 0.85,
            MveScale = 0.45,
            Qemu = new() { Machine = "mps3-an547" },
        },
        new()
        {
            Id = "cortex-m85",
            Name = "Cortex-M85",
            InstructionSet = InstructionSet.Armv81MMainline,
            Required = Dsp | HardwareDivide | LongMultiply,
            Optional = FpuSingle | FpuDouble | MveInteger | MveFloat | Caches,
            Flags = ["-mthumb", "-mcpu=cortex-m85"],
            VectorFlags = WithoutPredication,
            PortableScale = 0.5,
            DspScale = 0.5,
            MveScale = 0.38,
            Qemu = new() { Machine = "mps3-an547", Reason = "QEMU 7.2 has no Cortex-M85; a Cortex-M55 executes the same Armv8.1-M code." },
        },
        new()
        {
            Id = "riscv-rv32imc",
            Name = "RISC-V RV32IMC",
            InstructionSet = InstructionSet.RiscV32,
            Required = HardwareDivide | LongMultiply,
            Optional = Caches,
            Compiler = "riscv32-esp-elf-gcc",
            Flags = ["-march=rv32imc_zicsr_zifencei", "-mabi=ilp32"],
            PortableScale = 1.3,
            Qemu = new() { Reason = "Emulation covers Arm cores only; the portable kernels are the same C that is checked there." },
        },
        new()
        {
            Id = "xtensa-lx6",
            Name = "Xtensa LX6",
            InstructionSet = InstructionSet.Xtensa,
            Required = HardwareDivide | LongMultiply,
            Optional = FpuSingle | Caches,
            Compiler = "xtensa-esp32-elf-gcc",
            Flags = ["-mlongcalls"],
            PortableScale = 1.2,
            Qemu = new() { Reason = "Emulation covers Arm cores only; the portable kernels are the same C that is checked there." },
        },
        new()
        {
            Id = "xtensa-lx7",
            Name = "Xtensa LX7",
            InstructionSet = InstructionSet.Xtensa,
            Required = HardwareDivide | LongMultiply,
            Optional = FpuSingle | Caches,
            Compiler = "xtensa-esp32s3-elf-gcc",
            Flags = ["-mlongcalls"],
            PortableScale = 1.1,
            Qemu = new() { Reason = "Emulation covers Arm cores only; the portable kernels are the same C that is checked there." },
        },
    ];

    /// <summary>The machines of <c>qemu-system-arm</c> that programs are linked for.</summary>
    public static ImmutableArray<string> Machines { get; } =
    [.. All.SelectMany(c => new[] { c.Qemu.Machine, c.Qemu.LargeMachine }).OfType<string>().Distinct()];

    /// <summary>The core of that id, or null.</summary>
    public static Core? Find(string id) => All.FirstOrDefault(c => string.Equals(c.Id, id, StringComparison.Ordinal));
}
