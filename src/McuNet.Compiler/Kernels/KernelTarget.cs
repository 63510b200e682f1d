using System.Collections.Immutable;
using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

public enum KernelLanguage
{
    C,
    CSharp,
}

/// <summary>What code is generated for: language, features of the core, how much flash may be spent on speed, and how flash is
/// read.</summary>
/// <param name="Flash">Null where memory counts as ideal.</param>
public sealed record KernelTarget(
    KernelLanguage Language,
    DeviceFeatures Features,
    KernelSet Set = KernelSet.Fast,
    FlashAccess? Flash = null
)
{
    /// <summary>C# on any machine.</summary>
    public static KernelTarget Managed { get; } = new(KernelLanguage.CSharp, DeviceFeatures.None);

    /// <summary>Whether instructions wait for flash unless a loop, with all that it calls, fits a cache of a kilobyte or less.</summary>
    public bool HasSmallCodeCache => Flash is { Instructions.Waits: > 0 } && (Flash.InstructionCache?.Bytes ?? 0) <= SmallCacheBytes;

    private const int SmallCacheBytes = 1024;

    /// <summary>Cycles of the yardstick core, which all costs count in, for a cycle of waiting for flash.</summary>
    public double WaitScale { get; init; } = 1;

    private const DeviceFeatures Vectors = DeviceFeatures.Dsp | DeviceFeatures.MveInteger | DeviceFeatures.MveFloat;

    /// <summary>Whether kernels may use features.</summary>
    public bool Has(DeviceFeatures features) => (Usable & features) == features;

    /// <summary>The sets whose kernels differ, from most to least flash.</summary>
    public ImmutableArray<KernelSet> Sets =>
        Language == KernelLanguage.CSharp || (Features & Vectors) == 0 ? [KernelSet.Fast]
        : (Features & DeviceFeatures.MveInteger) != 0 ? [KernelSet.Fast, KernelSet.Portable]
        : [KernelSet.Fast, KernelSet.Compact, KernelSet.Portable];

    private DeviceFeatures Usable => Set == KernelSet.Portable ? Features & ~Vectors : Features;
}
