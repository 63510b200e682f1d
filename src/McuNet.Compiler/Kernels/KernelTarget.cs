using System.Collections.Immutable;
using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

public enum KernelLanguage
{
    C,
    CSharp,
}

/// <summary>What code is generated for: language, features of the core, and how much flash may be spent on speed.</summary>
public sealed record KernelTarget(KernelLanguage Language, DeviceFeatures Features, KernelSet Set = KernelSet.Fast)
{
    /// <summary>C# on any machine.</summary>
    public static KernelTarget Managed { get; } = new(KernelLanguage.CSharp, DeviceFeatures.None);

    private const DeviceFeatures Vectors = DeviceFeatures.Dsp | DeviceFeatures.MveInteger | DeviceFeatures.MveFloat;

    /// <summary>Whether kernels may use features.</summary>
    public bool Has(DeviceFeatures features) => (Usable & features) == features;

    /// <summary>The sets whose kernels differ, from most to least flash.</summary>
    public ImmutableArray<KernelSet> Sets => Language == KernelLanguage.CSharp || (Features & Vectors) == 0 ? [KernelSet.Fast]
        : (Features & DeviceFeatures.MveInteger) != 0 ? [KernelSet.Fast, KernelSet.Portable]
        : [KernelSet.Fast, KernelSet.Compact, KernelSet.Portable];

    private DeviceFeatures Usable => Set == KernelSet.Portable ? Features & ~Vectors : Features;
}
