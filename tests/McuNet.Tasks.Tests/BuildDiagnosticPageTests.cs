using System;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class BuildDiagnosticPageTests
{
    public static TheoryData<string> BuildIds =>
        [.. DiagnosticCatalog.All.Where(d => d.Id.StartsWith("MCU7", StringComparison.Ordinal)).Select(d => d.Id)];

    [Theory]
    [MemberData(nameof(BuildIds))]
    public void Page_BuildDiagnostic_HasItsTitle(string id)
    {
        var row = DiagnosticCatalog.All.Single(d => d.Id == id);
        Assert.Equal($"# {id}: {row.Title}", File.ReadLines(Path.Combine(RepositoryRoot(), row.HelpPage)).First());
    }

    [Fact]
    public void Ids_AllDiagnostics_AreUnique() =>
        Assert.Equal(DiagnosticCatalog.All.Count, DiagnosticCatalog.All.Select(d => d.Id).Distinct().Count());

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "McuNet.Build.sln")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("the repository root is not above the tests");
        return directory.FullName;
    }
}
