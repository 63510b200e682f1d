using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace McuNet.Tasks;

/// <summary>What files hold, as text that two contents never share: SHA-256 and the number of bytes. Each file is read once; dates count
/// for nothing.</summary>
internal sealed class FileHashes
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary><c>HASH BYTES</c>; <c>absent</c> or <c>unreadable</c> for a file of which the engine will complain.</summary>
    public string Of(string path)
    {
        if (!_known.TryGetValue(path, out var hash))
            _known.Add(path, hash = Read(path));
        return hash;
    }

    /// <summary>64 hexadecimal digits.</summary>
    public static string OfText(string text) => Hash(sha => sha.ComputeHash(Encoding.UTF8.GetBytes(text)));

    private static string Read(string path)
    {
        if (!File.Exists(path))
            return "absent";
        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                1 << 16,
                FileOptions.SequentialScan
            );
            var hash = Hash(sha => sha.ComputeHash(file));
            return FormattableString.Invariant($"{hash} {file.Position}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }

    private static string Hash(Func<SHA256, byte[]> compute)
    {
        using var sha = SHA256.Create();
        return string.Concat(compute(sha).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
