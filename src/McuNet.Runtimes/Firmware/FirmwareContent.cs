using System.Collections.Generic;
using System.Collections.Immutable;
using McuNet.Runtimes.GeneratedC;

namespace McuNet.Runtimes.Firmware;

/// <summary>What a board is to run and to compare.</summary>
public sealed record FirmwareContent
{
    /// <summary>The generated C.</summary>
    public required CArtifact Artifact { get; init; }

    public required BoardIdentity Identity { get; init; }

    public required FirmwareTarget Target { get; init; }

    /// <summary>Stack to set aside, in bytes.</summary>
    public required int StackBytes { get; init; }

    public required ImmutableArray<FirmwareCase> Cases { get; init; }

    /// <summary>By layer: what it writes, where the arena holds all of that when the layer has run.</summary>
    public required ImmutableArray<ArenaTensor?> Tensors { get; init; }
}

/// <summary>What a log must agree with: the same network, the same code, the same device.</summary>
/// <param name="Project">Version of this project.</param>
/// <param name="Name">Prefix of the generated names.</param>
/// <param name="FileHash">Of the model's file.</param>
/// <param name="CodeHash">Of the generated C.</param>
public sealed record BoardIdentity(string Project, string Name, string FileHash, string CodeHash, string Device);

/// <summary>Inputs and expected outputs in the layout of the generated code, and by layer the bytes it must write, null where they are not
/// seen.</summary>
public sealed record FirmwareCase(IReadOnlyList<byte[]> Inputs, IReadOnlyList<byte[]> Outputs, ImmutableArray<byte[]?> Layers);

/// <summary>Bytes of the arena.</summary>
public sealed record ArenaTensor(int Offset, int Bytes);
