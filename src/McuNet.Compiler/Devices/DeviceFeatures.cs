using System;

namespace McuNet.Compiler.Devices;

/// <summary>What a processor can execute, as far as kernels and cost care. A kernel asks for features, never for a device.</summary>
[Flags]
public enum DeviceFeatures
{
    None = 0,

    /// <summary>The Armv7E-M and Armv8-M DSP extension: SMLAD, SXTB16, PKHBT, saturating SIMD on 32-bit registers.</summary>
    Dsp = 1 << 0,

    /// <summary>IEEE single precision in hardware.</summary>
    FpuSingle = 1 << 1,

    /// <summary>IEEE double precision in hardware. Implies <see cref="FpuSingle"/>.</summary>
    FpuDouble = 1 << 2,

    /// <summary>Armv8.1-M vector extension (Helium) on integers. Implies <see cref="Dsp"/>.</summary>
    MveInteger = 1 << 3,

    /// <summary>Armv8.1-M vector extension on floats. Implies <see cref="MveInteger"/> and <see cref="FpuSingle"/>.</summary>
    MveFloat = 1 << 4,

    /// <summary>32-bit integer division in hardware.</summary>
    HardwareDivide = 1 << 5,

    /// <summary>32 x 32 to 64 bit multiplication in hardware.</summary>
    LongMultiply = 1 << 6,

    /// <summary>A data cache on the way to flash or SRAM (in the core, the flash accelerator, or the XIP interface).</summary>
    DataCache = 1 << 7,

    /// <summary>An instruction cache or prefetching flash accelerator.</summary>
    InstructionCache = 1 << 8,
}
