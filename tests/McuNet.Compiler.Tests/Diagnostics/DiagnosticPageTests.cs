using System;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Diagnostics;

public sealed class DiagnosticPageTests
{
    [Fact]
    public void Catalog_EveryRow_HasUniqueIdAndPageWithItsTitle()
    {
        Assert.Equal(DiagnosticCatalog.All.Count, DiagnosticCatalog.All.Select(d => d.Id).Distinct().Count());
        foreach (var row in DiagnosticCatalog.All.Where(d => d.Id[3] is '1' or '2' or '3'))
        {
            var page = Path.Combine(Root(), row.HelpPage);
            Assert.True(File.Exists(page), $"{row.HelpPage} is missing");
            Assert.StartsWith($"# {row.Id}: {row.Title}\n", File.ReadAllText(page), StringComparison.Ordinal);
        }
    }

    private static string Root() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
}
