using System;
using System.IO;
using System.Linq;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>A test that needs CMake, make and a C compiler; skipped, visibly, where one is absent.</summary>
public sealed class CMakeFactAttribute : FactAttribute
{
    public CMakeFactAttribute()
    {
        if (new[] { "cmake", "make", "cc" }.FirstOrDefault(t => !IsOnPath(t)) is { } missing)
            Skip = $"'{missing}' is not on the PATH";
    }

    private static bool IsOnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(d => d.Length > 0 && File.Exists(Path.Combine(d, tool)));
}
