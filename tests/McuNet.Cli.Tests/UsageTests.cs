using System;
using System.IO;
using System.Linq;
using McuNet.Cli.Printing;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary>Exit code 2: the command line makes no sense; and 3: the tool itself failed.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("'12parsecs' is not a size such as 64KB or 65536.", "--sram", "12parsecs")]
    [InlineData("'-5' is not a size such as 64KB or 65536.", "--flash=-5")]
    [InlineData("'soon' is not a time such as 50ms.", "--latency", "soon")]
    [InlineData("'2W' is not an energy such as 2mJ.", "--energy", "2W")]
    [InlineData("'small' is not one of fit, memory, latency.", "--optimize", "small")]
    [InlineData("'0' is not one of fit, memory, latency.", "--optimize", "0")]
    [InlineData("'columns' is not one of resident, rows.", "--input", "columns")]
    [InlineData("'0' is not a number of passes from 1 to 16.", "--input", "rows", "--passes", "0")]
    [InlineData("'often' is not a number of passes from 1 to 16.", "--input", "rows", "--passes", "often")]
    [InlineData("--passes says how often rows can be delivered, so it needs --input rows.", "--passes", "2")]
    [InlineData("There is no target 'rust'. Targets: c, csharp", "--target", "c,rust")]
    [InlineData("The name '9x' cannot prefix C symbols: use a letter followed by letters, digits and underscores.", "--name", "9x")]
    public void Compile_UnusableOption_SaysWhatIsExpected(string message, params string[] options)
    {
        var run = _workspace.Compile(options);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(_workspace.Files);
    }

    [Fact]
    public void Compile_WithoutDevice_AsksForIt()
    {
        var run = CommandRun.Of("compile", _workspace.Model, "--out", _workspace.Out);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["Option '--device' is required.", "'mcunet compile --help' shows the usage."], Lines(run.Error));
    }

    [Theory]
    [InlineData]
    [InlineData("frobnicate")]
    public void NoCommand_PointsToTheHelp(params string[] arguments)
    {
        var run = CommandRun.Of(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("'mcunet --help' shows the usage.", Lines(run.Error).Last());
    }

    [Theory]
    [InlineData("Did you mean 'compile'?", "compil", "net.onnx")]
    [InlineData("Did you mean 'devices'?", "device")]
    [InlineData("Did you mean '--device'?", "compile", "net.onnx", "--devic", "nrf52840")]
    public void Misspelt_VerbOrOption_NamesTheNearest(string suggestion, params string[] arguments)
    {
        var run = CommandRun.Of(arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal([suggestion], Lines(run.Error).Where(l => l.StartsWith("Did you mean", StringComparison.Ordinal)));
    }

    [Fact]
    public void Verify_UnknownExecutor_ListsThem()
    {
        var run = CommandRun.Of("verify", _workspace.Model, "--device", "nrf52840", "--cases", ".", "--on", "abacus");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "There is no executor 'abacus'. Executors: reference, host, qemu, csharp, onnxruntime.",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Compile_OutputThatIsAFile_SaysSo()
    {
        File.WriteAllText(_workspace.Out, "in the way");

        var run = _workspace.Compile();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"The folder '{_workspace.Out}' cannot be written: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Command_ThatFailsInside_ReportsInternalError()
    {
        var run = CommandRun.Of(new BrokenWriter(), "devices");

        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith(
            "mcunet: error MCU9000: The compiler failed: InvalidOperationException: the pipe is broken",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal("MCU9000", McuNet.Diagnostics.DiagnosticCatalog.InternalFault.Id);
    }

    private static string[] Lines(string text) => text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private sealed class BrokenWriter : StringWriter
    {
        public override void Write(char[] buffer, int index, int count) => throw new InvalidOperationException("the pipe is broken");

        public override void Write(string? value) => throw new InvalidOperationException("the pipe is broken");

        public override void WriteLine(string? value) => throw new InvalidOperationException("the pipe is broken");
    }
}
