using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace McuNet.Runtimes.Qemu;

/// <summary>Addresses of a linked program's symbols, from <c>nm -S</c>.</summary>
internal sealed class ElfSymbols
{
    private readonly Dictionary<string, (long Address, long Bytes)> _symbols = new(StringComparer.Ordinal);

    public ElfSymbols(string nm)
    {
        foreach (var fields in nm.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length == 4))
            _symbols[fields[3]] = (Hex(fields[0]) & (fields[2] is "t" or "T" ? ~1L : ~0L), Hex(fields[1]));
    }

    public (long Address, long Bytes) this[string name] => _symbols[name];

    public bool Contains(string name) => _symbols.ContainsKey(name);

    /// <summary>" in function", or nothing where no function holds the address.</summary>
    public string Describe(long address) =>
        _symbols
            .Where(s => address >= s.Value.Address && address < s.Value.Address + s.Value.Bytes)
            .Select(s => $" in {s.Key}")
            .FirstOrDefault()
        ?? "";

    private static long Hex(string text) => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
