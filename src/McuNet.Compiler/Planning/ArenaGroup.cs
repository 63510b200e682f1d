using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Manifest;

namespace McuNet.Compiler.Planning;

/// <summary>Models that never run at the same time and share one arena.</summary>
/// <param name="Name">A C identifier.</param>
/// <param name="Models">In the order in which they were named; each says that it shares this arena.</param>
public sealed record ArenaGroup(string Name, ImmutableArray<ModelManifest> Models)
{
    /// <summary>Size of the arena in C, in bytes.</summary>
    public int Bytes => Largest(Models.Select(m => (int)m.Sram.Arena));

    /// <summary>Size of the arena in C#, in bytes.</summary>
    public int ManagedBytes => Largest(Models.Select(m => m.ArenaBytes));

    /// <summary>The deepest stack of the models, in bytes.</summary>
    public long StackBytes => Models.Max(m => m.Sram.Stack);

    /// <summary>What arenas of their own would take in C, in bytes.</summary>
    public long SeparateBytes => Models.Sum(m => m.Sram.Arena);

    public long SavedBytes => SeparateBytes - Bytes;

    private static int Largest(IEnumerable<int> bytes) => SharedArena.TotalOf(bytes.Select(b => new ByteCount(b))).Value;
}
