using System.Collections.Generic;
using System.Globalization;

namespace McuNet.Runtimes.Qemu;

/// <summary>The flash of a device, as the plugin models it on a board whose own memory never waits.</summary>
/// <param name="SharedCache">Whether data use the cache of instructions.</param>
public sealed record FlashWaits(FlashWaits.Path Instructions, FlashWaits.Path Data, bool SharedCache)
{
    /// <summary>A way into flash.</summary>
    /// <param name="Waits">Cycles of waiting for a read that no cache holds.</param>
    /// <param name="CacheBytes">0 without a cache; else a whole number of sets of <paramref name="Ways"/> lines.</param>
    public sealed record Path(int Waits, int ReadBytes, bool Prefetch, int CacheBytes, int LineBytes, int Ways)
    {
        internal IEnumerable<string> Arguments(string prefix)
        {
            (string Name, int Value)[] values =
            [
                ("waits", Waits),
                ("read", ReadBytes),
                ("prefetch", Prefetch ? 1 : 0),
                ("cache", CacheBytes),
                ("line", LineBytes),
                ("ways", Ways),
            ];
            foreach (var (name, value) in values)
                yield return string.Create(CultureInfo.InvariantCulture, $"{prefix}_{name}={value}");
        }
    }

    /// <summary>What tells the plugin of it, with the memory of the board that plays flash.</summary>
    internal IEnumerable<string> Arguments(BoardMemory flash) =>
        [
            string.Create(CultureInfo.InvariantCulture, $"flash={flash.Origin}"),
            string.Create(CultureInfo.InvariantCulture, $"flash_size={flash.Bytes}"),
            .. Instructions.Arguments("i"),
            .. Data.Arguments("d"),
            $"shared={(SharedCache ? 1 : 0)}",
        ];
}
