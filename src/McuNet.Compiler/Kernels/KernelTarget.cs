using System;

namespace McuNet.Compiler.Kernels;

/// <summary>Instruction-set features that a kernel may require.</summary>
[Flags]
public enum KernelFeatures
{
    None = 0,

    /// <summary>Armv7E-M or Armv8-M DSP extension: SMLAD, SXTB16, PKHBT.</summary>
    Dsp = 1,

    /// <summary>Armv8.1-M vector extension, integers.</summary>
    Mve = 2,

    /// <summary>Single-precision floating-point unit.</summary>
    Fpu = 4,

    /// <summary>Vector floats of Armv8.1-M.</summary>
    MveFloat = 8,

    /// <summary>32 x 32 -> 64 bit multiplication in hardware (Armv7-M and up).</summary>
    LongMultiply = 16,
}

public enum KernelLanguage
{
    C,
    CSharp,
}

/// <summary>What code is generated for: language, features, and whether flash may be spent on speed.</summary>
public sealed record KernelTarget(KernelLanguage Language, KernelFeatures Features, bool PreferSpeedOverFlash = false)
{
    public bool Has(KernelFeatures features) => (Features & features) == features;
}
