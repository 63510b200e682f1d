using System;
using System.IO;
using System.Linq;
using McuNet.Compiler.Tests.Devices;
using McuNet.Tests;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>The list of tests that may be skipped, and the script that build/test.sh compares it with.</summary>
public sealed class SkippedTestsTests : IDisposable
{
    private const string Results = """
        <TestRun><Results>
          <UnitTestResult executionId="1" testName="A.Runs" outcome="Passed" relativeResultsDirectory="1" />
          <UnitTestResult executionId="2" testName="A.Cases(text: &quot;a b&quot;, number: 1)" outcome="Failed" relativeResultsDirectory="2">
          </UnitTestResult>
          <UnitTestResult executionId="3" testName="A.Listed" outcome="NotExecuted" relativeResultsDirectory="3">
          </UnitTestResult>
          <UnitTestResult executionId="4" testName="A.Forgotten" outcome="NotExecuted" relativeResultsDirectory="4">
          </UnitTestResult>
        </Results></TestRun>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet skipped ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [UnixFact]
    public void Unlisted_SkippedTests_AreThoseThatAreNotOnTheList()
    {
        Assert.Equal("A.Forgotten\n", Compare("unlisted", "# none but\nA.Listed: it needs a moon\n"));
        Assert.Equal("A.Forgotten\nA.Listed\n", Compare("unlisted", ""));
        Assert.Equal("", Compare("unlisted", "A.Listed: x\nA.Forgotten: y\n"));
    }

    [UnixFact]
    public void Ran_TestsOfTheList_AreThoseWithAnyOtherOutcome() =>
        Assert.Equal("A.Cases\nA.Runs\n", Compare("ran", "A.Listed: x\nA.Runs: y\nA.Cases: z\nA.Gone: w\n"));

    /// <summary>A name that is wrong would permit nothing, and one of a test that is gone says nothing.</summary>
    [Fact]
    public void List_EachLine_NamesATestAndAReason()
    {
        var sources = Directory
            .GetFiles(Path.Combine(RepositoryFolder.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .ToArray();
        Assert.All(
            File.ReadAllLines(Path.Combine(RepositoryFolder.Root, "tests", "skipped.txt")).Where(l => !l.StartsWith('#')),
            line =>
            {
                Assert.Matches(@"^[\w.]+\.\w+\.\w+: \S.*$", line);
                var parts = line[..line.IndexOf(':', StringComparison.Ordinal)].Split('.');
                var source = File.ReadAllText(Assert.Single(sources, f => Path.GetFileName(f) == parts[^2] + ".cs"));
                Assert.Contains($"namespace {string.Join('.', parts[..^2])};", source, StringComparison.Ordinal);
                Assert.Contains($" {parts[^1]}(", source, StringComparison.Ordinal);
            }
        );
    }

    private string Compare(string what, string list)
    {
        File.WriteAllText(Path.Combine(_folder, "list.txt"), list);
        File.WriteAllText(Path.Combine(_folder, "a.trx"), Results);
        return ProgramRun
            .Good("bash", [Path.Combine(RepositoryFolder.Root, "build", "tools", "skipped-tests.sh"), what, "list.txt", "a.trx"], _folder)
            .Output;
    }
}
