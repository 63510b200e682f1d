using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace McuNet.Report.Tests;

/// <summary>One browser for all tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;

    /// <summary>The browser of this machine, or null.</summary>
    public static string? Executable { get; } =
        Environment.GetEnvironmentVariable("MCUNET_BROWSER") is { Length: > 0 } given
            ? given
            : new[] { "chromium", "chromium-browser", "google-chrome" }.SelectMany(OnThePath).FirstOrDefault(File.Exists);

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>Pictures are kept here, with the results of the tests.</summary>
    public static string Pictures { get; } = Path.Combine(Repository(), "artifacts", "test-results", "report");

    public async Task InitializeAsync()
    {
        if (Executable is null)
            return;
        Directory.CreateDirectory(Pictures);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.CloseAsync();
        _playwright?.Dispose();
    }

    private static IEnumerable<string> OnThePath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program));

    public static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "McuNet.Build.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("McuNet.Build.sln is in no folder above the tests");
    }
}

/// <summary>A test that needs a browser; skipped, visibly, where there is none.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserFixture.Executable is null ? "there is no Chromium; build/test.sh installs it" : null;
}

/// <summary>The same for facts.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserFixture.Executable is null ? "there is no Chromium; build/test.sh installs it" : null;
}
