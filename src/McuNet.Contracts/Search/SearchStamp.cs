using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace McuNet.Search;

/// <summary>
/// Identifies what a network was searched for: the text of the search file, the device and seed given beside it. The search records it beside the
/// network it writes, and a build compares, so that times of files do not matter.
/// </summary>
public static class SearchStamp
{
    /// <summary>Field of the record that holds the stamp.</summary>
    public const string Field = "search";

    /// <summary>The record beside a network: JSON.</summary>
    public static string RecordOf(string network) => network + ".origin.json";

    /// <param name="searchFile">Its bytes; line ends do not count, because version control changes them.</param>
    /// <param name="device">Id, alias or path as given beside the search file, or null; of a path only the file name counts.</param>
    /// <param name="seed">As given beside the search file, or null.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Of(byte[] searchFile, string? device, string? seed)
    {
        var text = string.Join("\n", Encoding.UTF8.GetString(searchFile).Replace("\r\n", "\n"), DeviceName(device), seed ?? "");
        using var hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(16).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static string DeviceName(string? device) => device is null ? "" : Path.GetFileName(device.Replace('\\', '/'));
}
