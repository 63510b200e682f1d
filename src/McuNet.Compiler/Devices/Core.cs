using System.Collections.Immutable;

namespace McuNet.Compiler.Devices;

/// <summary>A processor core as a family of devices: what every such core has, may have, and how it is built for and emulated.</summary>
/// <remarks>Invariant: <see cref="Required"/> and <see cref="Optional"/> are disjoint.</remarks>
public sealed record Core
{
    /// <summary>The name in manifests, such as <c>cortex-m4</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The vendor's spelling without suffixes, such as <c>Cortex-M4</c>.</summary>
    public required string Name { get; init; }

    public required InstructionSet InstructionSet { get; init; }

    /// <summary>Features that no such core lacks.</summary>
    public required DeviceFeatures Required { get; init; }

    /// <summary>Features that a chip maker may add, in the core or around it.</summary>
    public required DeviceFeatures Optional { get; init; }

    /// <summary>The compiler driver.</summary>
    public string Compiler { get; init; } = "arm-none-eabi-gcc";

    /// <summary>Flags that select the core, before those for the FPU.</summary>
    public required ImmutableArray<string> Flags { get; init; }

    /// <summary>Flags that vector code needs beside those, so that the compiler translates it without fault.</summary>
    public ImmutableArray<string> VectorFlags { get; init; } = [];

    /// <summary>See <see cref="CostModel.PortableScale"/>.</summary>
    public required double PortableScale { get; init; }

    /// <summary>See <see cref="CostModel.DspScale"/>; used where the device has the feature.</summary>
    public double DspScale { get; init; } = 1;

    /// <summary>See <see cref="CostModel.MveScale"/>; used where the device has the feature.</summary>
    public double MveScale { get; init; } = 1;

    public required QemuTarget Qemu { get; init; }

    public bool IsArm => InstructionSet <= InstructionSet.Armv81MMainline;

    public override string ToString() => Id;
}
