using System;
using Xunit;

namespace McuNet.Tests;

/// <summary>A test that needs a shell, signals or limits of processes as Unix has them; skipped, visibly, on Windows.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no /bin/sh" : null;
}
