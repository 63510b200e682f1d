using System;
using System.IO;
using System.Runtime.CompilerServices;
using Xunit;

namespace McuNet.Compiler.Tests;

/// <summary>Finds the folder of models and golden vectors beside the repository.</summary>
internal static class Shared
{
    public static string? Root { get; } = Find(Here());

    public static bool IsPresent => Root is not null;

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root!, .. parts]);

    private static string? Find(string file)
    {
        for (var folder = new FileInfo(file).Directory; folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "..", "shared");
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "McuNet.Build.sln")))
                return Directory.Exists(candidate) ? System.IO.Path.GetFullPath(candidate) : null;
        }

        return null;
    }

    private static string Here([CallerFilePath] string file = "") => File.Exists(file) ? file : AppContext.BaseDirectory + "x";
}

/// <summary>A test that needs ../shared; skipped, visibly, where that is absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = Shared.IsPresent ? null : "../shared is absent";
}

/// <summary>The same for theories.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute() => Skip = Shared.IsPresent ? null : "../shared is absent";
}
