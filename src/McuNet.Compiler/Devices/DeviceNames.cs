using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Options;

namespace McuNet.Compiler.Devices;

/// <summary>Compares device names as people type them.</summary>
internal static class DeviceNames
{
    /// <summary>The form in which names are compared: lower-case letters and digits only, so that <c>ESP32-C3</c> is
    /// <c>esp32c3</c>.</summary>
    public static string Key(string name) => new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>Ids of the devices whose id or alias is closest to <paramref name="name"/>, best first.</summary>
    public static IEnumerable<string> Nearest(string name, IEnumerable<Device> devices, int count)
    {
        var key = Key(name);
        return devices
            .Select(d => (d.Id, Best: d.Aliases.Append(d.Id).Select(a => Distance(key, Key(a))).Min()))
            .OrderBy(d => d.Best)
            .ThenBy(d => d.Id, StringComparer.Ordinal)
            .Take(count)
            .Select(d => d.Id);
    }

    /// <summary>
    /// Whether one name contains the other comes first, then the number of edits, then the length of the common beginning.
    /// </summary>
    private static (int Rank, int Tie) Distance(string a, string b)
    {
        var common = a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
        var contained =
            a.Length >= 2 && b.Length >= 2 && (a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal));
        return (contained ? 1 : NearestName.Edits(a, b), -common);
    }
}
