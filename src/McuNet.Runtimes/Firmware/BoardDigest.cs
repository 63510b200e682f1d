using System;

namespace McuNet.Runtimes.Firmware;

/// <summary>FNV-1a in 32 bits, as in Board/bench_log.c: it finds damage, not forgery.</summary>
internal static class BoardDigest
{
    private const uint Start = 0x811C9DC5;

    public static uint Of(ReadOnlySpan<byte> bytes, uint value = Start)
    {
        foreach (var b in bytes)
            value = unchecked((value ^ b) * 0x01000193u);
        return value;
    }
}
