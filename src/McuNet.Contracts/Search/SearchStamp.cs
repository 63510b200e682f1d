using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace McuNet.Search;

/// <summary>
/// Identifies what a network was searched for: the texts of the search file, of the space, data set and device files that it or the item
/// names, and the device and seed given beside it. The search records it beside the network it writes, and a build compares, so that times
/// of files do not matter.
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
    /// <param name="named">What <see cref="Named"/> gives.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Of(byte[] searchFile, string? device, string? seed, params byte[][] named)
    {
        var text = string.Join("\n", [Text(searchFile), DeviceName(device), seed ?? "", .. named.Select(Text)]);
        using var hash = SHA256.Create();
        return string.Concat(
            hash.ComputeHash(Encoding.UTF8.GetBytes(text))
                .Take(16)
                .Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    /// <summary>
    /// The contents of the files that a search names as its space, data set and device, paths relative to the folder of the search file; a
    /// preset and a device of the tool are no files.
    /// </summary>
    /// <param name="device">As given beside the search file, then a full path where it is a file, or else as in it.</param>
    /// <param name="read">The content of a file, or null where there is none.</param>
    public static byte[][] Named(string folder, string? space, string? dataset, string? device, Func<string, byte[]?> read) =>
        [.. new[] { space, dataset, device }.Select(n => n is null ? null : read(Path.Combine(folder, n))).OfType<byte[]>()];

    private static string Text(byte[] file) => Encoding.UTF8.GetString(file).Replace("\r\n", "\n");

    private static string DeviceName(string? device) => device is null ? "" : Path.GetFileName(device.Replace('\\', '/'));
}
