using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace McuNet.Cli.Tests.Snapshots;

/// <summary>
/// Texts beside the tests that hold what is emitted, by the conventions of Verify: NAME#FILE.verified.txt is right, NAME#FILE.received.txt
/// is what came instead. MCUNET_REGENERATE=1 writes them anew and removes those that nothing gives any more.
/// </summary>
internal static class Snapshot
{
    private static readonly string Folder = Path.Combine(Workspace.Repository, "tests", "McuNet.Cli.Tests", "Snapshots");

    /// <param name="name">Of the snapshot; its files are NAME#FILE.verified.txt.</param>
    /// <param name="files">Name and text.</param>
    public static void Compare(string name, IEnumerable<(string File, string Text)> files)
    {
        var given = files.ToDictionary(f => $"{name}#{f.File}", f => f.Text.ReplaceLineEndings("\n"), StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
        {
            foreach (var old in Directory.GetFiles(Folder, $"{name}#*.verified.txt"))
                File.Delete(old);
            foreach (var (file, text) in given)
                File.WriteAllText(Verified(file), text);
        }

        var known = Directory.GetFiles(Folder, $"{name}#*.verified.txt").Select(f => Path.GetFileName(f)[..^".verified.txt".Length]);
        Assert.Equal(known.Order(StringComparer.Ordinal), given.Keys.Order(StringComparer.Ordinal));
        foreach (var (file, text) in given)
        {
            var expected = File.ReadAllText(Verified(file)).ReplaceLineEndings("\n");
            if (expected != text)
                File.WriteAllText(Path.Combine(Folder, $"{file}.received.txt"), text);
            Assert.Equal(expected, text);
        }
    }

    private static string Verified(string file) => Path.Combine(Folder, $"{file}.verified.txt");
}
