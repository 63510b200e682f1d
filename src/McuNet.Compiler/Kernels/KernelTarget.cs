using System;
using System.Collections.Immutable;

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

/// <summary>What code is generated for: language, features of the core, and how much flash may be spent on speed.</summary>
public sealed record KernelTarget(KernelLanguage Language, KernelFeatures Features, KernelSet Set = KernelSet.Fast)
{
    /// <summary>C# on any machine.</summary>
    public static KernelTarget Managed { get; } = new(KernelLanguage.CSharp, KernelFeatures.None);

    private const KernelFeatures Vectors = KernelFeatures.Dsp | KernelFeatures.Mve | KernelFeatures.MveFloat;

    /// <summary>Whether kernels may use features.</summary>
    public bool Has(KernelFeatures features) => (Usable & features) == features;

    /// <summary>The sets whose kernels differ, from most to least flash.</summary>
    public ImmutableArray<KernelSet> Sets => Language == KernelLanguage.CSharp || (Features & Vectors) == 0 ? [KernelSet.Fast]
        : (Features & KernelFeatures.Mve) != 0 ? [KernelSet.Fast, KernelSet.Portable]
        : [KernelSet.Fast, KernelSet.Compact, KernelSet.Portable];

    private KernelFeatures Usable => Set == KernelSet.Portable ? Features & ~Vectors : Features;
}
