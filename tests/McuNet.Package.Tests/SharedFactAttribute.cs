using System.IO;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>A test that needs the models beside the repository; skipped, visibly, where they are absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (!System.IO.Directory.Exists(Path.Combine(Directory, "models")))
            Skip = "the shared models are not beside the repository";
    }

    public static string Directory => Path.GetFullPath(Path.Combine(PackageFeed.RepositoryRoot(), "..", "shared"));
}
