using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Tests.Devices;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>What no test does: measure time, which says more of the machine than of the code, and start programs in a way of its own, which
/// may wait for ever or read the exit code of one that runs.</summary>
public sealed class TestHabitsTests
{
    private static readonly string[] Forbidden =
    [
        @"\bStopwatch\b",
        @"\bEnvironment\.TickCount",
        @"\.Elapsed\w*\b",
        @"\bDateTime(Offset)?\.(Utc)?Now\b",
        @"\bProcess\.Start\b",
        @"\bnew Process\b",
        @"\bProcessStartInfo\b",
        @"\.WaitForExit",
    ];

    [Fact]
    public void Tests_NeverMeasureTimeNorStartProgramsByThemselves()
    {
        var wrong = Sources()
            .SelectMany(file =>
                File.ReadLines(file)
                    .SelectMany(l => Forbidden.Where(f => Regex.IsMatch(l, f)).Select(_ => $"{Path.GetFileName(file)}: {l.Trim()}"))
            );
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("var watch = Stopwatch.StartNew();")]
    [InlineData("Assert.True(clock.ElapsedMilliseconds < 500);")]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("using var process = Process.Start(start)!;")]
    [InlineData("if (!process.WaitForExit(300_000))")]
    public void Forbidden_Patterns_FindWhatTheyAreFor(string line) => Assert.Contains(Forbidden, f => Regex.IsMatch(line, f));

    private static IEnumerable<string> Sources()
    {
        var tests = Path.Combine(RepositoryFolder.Root, "tests");
        return from file in Directory.GetFiles(tests, "*.cs", SearchOption.AllDirectories)
            let parts = Path.GetRelativePath(tests, file).Split(Path.DirectorySeparatorChar)
            where !parts.Contains("obj") && !parts.Contains("bin") && parts[^1] is not ("TestHabitsTests.cs" or "ArchitectureTests.cs")
            select file;
    }
}
