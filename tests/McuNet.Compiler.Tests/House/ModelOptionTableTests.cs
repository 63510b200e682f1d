using System;
using System.IO;
using System.Linq;
using McuNet.Options;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>An option of a model is spelt in one place. MCUNET_REGENERATE=1 writes the files that are made from it anew.</summary>
public sealed class ModelOptionTableTests
{
    [Fact]
    public void Files_MadeFromTheTable_AreUpToDate() =>
        Assert.All(
            ModelOptionPart.All,
            part =>
            {
                var whole = part.Whole;
                if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
                    File.WriteAllText(part.Path, whole);
                Assert.True(
                    File.ReadAllText(part.Path).ReplaceLineEndings("\n") == whole,
                    $"{part.File} is stale. Run the tests once with the environment variable MCUNET_REGENERATE=1 and commit the file."
                );
            }
        );

    [Fact]
    public void Rows_Names_AreUniqueAndSoAreArguments()
    {
        Assert.Equal(ModelOptionTable.All.Count, ModelOptionTable.All.Select(o => o.Name).Distinct().Count());
        var arguments = ModelOptionTable.All.Select(o => o.Argument).OfType<string>().ToArray();
        Assert.Equal(arguments.Length, arguments.Distinct().Count());
    }
}
