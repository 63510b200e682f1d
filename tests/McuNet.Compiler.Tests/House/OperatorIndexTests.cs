using System;
using System.IO;
using McuNet.Compiler.Operators;
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
    public void Barriers_OfOperators_AreThoseOfTheTable() =>
        Assert.All(OperatorIndex.Barriers.Keys, name => Assert.Contains(OperatorTable.Rows, r => r.Type.Name == name));
}
