using System;
using System.IO;
using System.Linq;
using McuNet.Compiler.Tests.Devices;
using McuNet.Compiler.Tests.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.House;

public sealed class OperatorIndexTests
{
    [Fact]
    public void Document_IsMadeFromTheTables()
    {
        var file = Path.Combine(RepositoryFolder.Root, "docs", "operators.md");
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
            File.WriteAllText(file, OperatorIndex.Text());
        Assert.Equal(OperatorIndex.Text(), File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Barriers_OfOperators_AreThoseOfTheirCases() =>
        Assert.Equal(OperatorIndex.Barriers.Keys.Order(), OperatorIndex.Cases.Where(c => c.Any(OperatorIndex.IsBarrier)).Select(c => c.Key.Name).Order());
}
