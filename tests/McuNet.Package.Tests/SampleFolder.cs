using System.IO;
using System.Linq;

namespace McuNet.Package.Tests;

/// <summary>Samples of the repository, outside it.</summary>
internal static class SampleFolder
{
    /// <summary>A copy of a sample beside the network of the digit reader, which samples name.</summary>
    public static string CopyOf(PackageFeed feed, string sample)
    {
        var (root, samples) = (feed.NewDirectory(), Path.Combine(PackageFeed.RepositoryRoot(), "samples"));
        Directory.CreateDirectory(Path.Combine(root, "digits"));
        File.Copy(Path.Combine(samples, "digits", "digits.onnx"), Path.Combine(root, "digits", "digits.onnx"));
        Copy(Path.Combine(samples, sample), Path.Combine(root, sample));
        return Path.Combine(root, sample);
    }

    /// <summary>Copies a folder without what builds have left in it.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar)[..^1].Any(p => p is "bin" or "obj" or "out" or "packages"))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, relative))!);
            File.Copy(file, Path.Combine(to, relative));
        }
    }
}
