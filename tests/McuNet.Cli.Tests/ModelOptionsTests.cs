using System.CommandLine;
using System.Linq;
using McuNet.Options;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class ModelOptionsTests
{
    /// <summary>What an item of a project may say is what <c>mcunet compile</c> takes.</summary>
    [Fact]
    public void Compile_Options_TakeEveryMetadataOfAnItemAndItsValues()
    {
        var options = CompileCommand.Create().Options.ToDictionary(o => o.Name);
        Assert.All(ModelOptionTable.All.Where(o => o.Argument is not null), row =>
        {
            Assert.True(options.TryGetValue(row.Argument!, out var option), $"mcunet compile has no {row.Argument}");
            if (row.Values.Count > 0 && option is not Option<bool>)
                Assert.Equal(string.Join('|', row.Values.Select(v => v.Name)), option!.HelpName);
        });
    }
}
