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
        var present = File.ReadAllText(file).ReplaceLineEndings("\n");
        var suite = present[(present.IndexOf(OperatorIndex.Behind, StringComparison.Ordinal) is >= 0 and var at ? at : present.Length)..];
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
            File.WriteAllText(file, present = OperatorIndex.Text() + suite);
        Assert.Equal(OperatorIndex.Text() + suite, present);
    }

    [Fact]
    public void Barriers_OfOperators_AreThoseOfTheirCases() =>
        Assert.Equal(
            OperatorIndex.Barriers.Keys.Order(),
            OperatorIndex.Cases.Where(c => c.Any(OperatorIndex.IsBarrier)).Select(c => c.Key.Name).Order()
        );
}
