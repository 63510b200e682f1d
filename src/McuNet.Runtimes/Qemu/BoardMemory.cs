using System.Globalization;

namespace McuNet.Runtimes.Qemu;

/// <summary>An address range of a board.</summary>
public sealed record BoardMemory(uint Origin, uint Bytes);

/// <summary>The linker script of a board: its memory, before the sections of Board/sections.ld.</summary>
internal static class LinkMemory
{
    /// <param name="vectors">Equal to <paramref name="flash"/> where the vector table lies at its start.</param>
    public static string Script(BoardMemory vectors, BoardMemory flash, BoardMemory ram, int stackBytes) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            MEMORY
            {
              {{(vectors == flash ? "" : $"VECTORS (rx) : ORIGIN = 0x{vectors.Origin:X8}, LENGTH = {vectors.Bytes}")}}
              FLASH (rx) : ORIGIN = 0x{{flash.Origin:X8}}, LENGTH = {{flash.Bytes}}
              RAM (rwx) : ORIGIN = 0x{{ram.Origin:X8}}, LENGTH = {{ram.Bytes}}
            }
            {{(vectors == flash ? "REGION_ALIAS(\"VECTORS\", FLASH)" : "")}}
            __stack_size = {{stackBytes}};
            INCLUDE sections.ld

            """
        );
}
