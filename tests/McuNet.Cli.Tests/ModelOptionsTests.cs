using System.Linq;
using McuNet.Cli.Compile;
using McuNet.Cli.Verify;
using McuNet.Options;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class ModelOptionsTests
{
    /// <summary>What an item of a project may say is what <c>mcunet compile</c> takes.</summary>
    [Fact]
    public void Compile_Options_TakeEveryMetadataOfAnItemAndItsValues()
    {
        var command = CompileCommand.Create();
        foreach (var row in ModelOptionTable.All.Where(o => o.Argument is not null))
        {
            Assert.Contains(command.Options, o => o.Name == row.Argument);
            Assert.All(
                row.Values,
                v => Assert.Empty(command.Parse(["net.onnx", "--device", "nrf52840", "--out", "out", row.Argument!, v.Name]).Errors)
            );
        }
    }

    /// <summary>A build verifies with the options that decide what runs.</summary>
    [Fact]
    public void Verify_Options_TakeEveryMetadataThatDecidesTheSchedule()
    {
        var command = VerifyCommand.Create();
        foreach (var row in ModelOptionTable.All.Where(o => o.Argument is not null))
            Assert.Equal(row.DecidesSchedule, command.Options.Any(o => o.Name == row.Argument));
    }
}
