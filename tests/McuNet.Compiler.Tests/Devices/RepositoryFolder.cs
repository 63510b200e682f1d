using System.IO;

namespace McuNet.Compiler.Tests.Devices;

/// <summary>The root of the source tree that the tests run in.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(System.AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "McuNet.Build.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("McuNet.Build.sln is in no folder above the tests");
    }
}
