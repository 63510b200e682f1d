using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Cli.Writing;
using McuNet.Diagnostics;
using McuNet.Runtimes.Tools;
using McuNet.Tests;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary>The tool in a process of its own, killed while it writes or without room to write: no file is cut off, and the next run is
/// right.</summary>
public sealed class InterruptedWritingTests : IDisposable
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "mcunet.dll");

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    /// <param name="renamed">How many of the files, in their order, have their new content under their name at the point at which the tool
    /// is killed.</param>
    [Theory]
    [InlineData("write", 0, 0)]
    [InlineData("write", -1, 0)]
    [InlineData("rename", 0, 0)]
    [InlineData("rename", 1, 1)]
    [InlineData("rename", -1, 3)]
    public void Compile_Killed_LeavesWholeFilesAndTheNextRunIsRight(string what, int changed, int renamed)
    {
        var (_, before) = Compiled("resident");
        var (order, after) = Compiled("rows");
        order = [.. order.Where(f => before[f] != after[f])];
        Assert.Equal(["digits.h", "digits.c", "digits.engine.g.cs", "digits.mcunet"], order);
        Compiled("resident");

        KillAt($"{what} {Path.Combine(_workspace.Out, order[changed < 0 ? order.Length + changed : changed])}");

        var left = Read();
        Assert.Contains(left.Keys, f => f.EndsWith(".new", StringComparison.Ordinal));
        Assert.Equal(order.Select((f, i) => i < renamed ? after[f] : before[f]), order.Select(f => left[f]));
        Compiled("rows");
        Assert.Equal(after.OrderBy(f => f.Key), Read().OrderBy(f => f.Key));
    }

    [Fact]
    public void Compile_KilledInAnEmptyFolder_LeavesNoNameBeforeAllIsWritten()
    {
        KillAt($"write {Path.Combine(_workspace.Out, "digits.mcunet")}");
        Assert.All(_workspace.Files, f => Assert.EndsWith(".new", f, StringComparison.Ordinal));
        Assert.NotEmpty(_workspace.Files);
    }

    /// <summary>A limit for the size of files stands in for a full disk: writing fails in the middle of the C file.</summary>
    [UnixFact]
    public void Compile_NoRoomForAFile_SaysSoAndKeepsWhatWasThere()
    {
        var (_, before) = Compiled("resident");

        var run = Limited("trap '' XFSZ;");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            $"error {DiagnosticCatalog.OutputNotWritten.Id}: The folder '{_workspace.Out}' cannot be written: ",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(before.OrderBy(f => f.Key), Read().OrderBy(f => f.Key));
    }

    /// <summary>The same, where the system ends the tool at once.</summary>
    [UnixFact]
    public void Compile_EndedByTheSystemInAFile_KeepsWhatWasThere()
    {
        var (_, before) = Compiled("resident");

        var run = Limited("");

        Assert.NotEqual(0, run.ExitCode);
        var left = Read();
        Assert.Contains(left.Keys, f => f.EndsWith(".new", StringComparison.Ordinal));
        Assert.Equal(before.OrderBy(f => f.Key), left.Where(f => before.ContainsKey(f.Key)).OrderBy(f => f.Key));
    }

    private (string[] Order, Dictionary<string, string> Files) Compiled(string input)
    {
        var run = _workspace.Compile("--input", input, "--json");
        Assert.Equal(0, run.ExitCode);
        return ([.. run.Json["files"]!.AsArray().Select(f => (string)f!)], Read());
    }

    private Dictionary<string, string> Read() =>
        _workspace.Files.ToDictionary(f => f, f => File.ReadAllText(Path.Combine(_workspace.Out, f)));

    private string[] Arguments =>
        ["exec", Tool, "compile", _workspace.Model, "--device", "nrf52840", "--input", "rows", "--out", _workspace.Out];

    /// <summary>Runs the tool until it waits at a point of its writing, and kills it there.</summary>
    private void KillAt(string point)
    {
        var hold = _workspace.Write("hold", point);
        using var kill = new CancellationTokenSource();
        var tool = new ToolProcess("dotnet", Arguments, _workspace.Root, TimeSpan.FromMinutes(2))
        {
            Environment = new Dictionary<string, string?> { [WritingHold.Variable] = hold },
        };
        var run = Task.Run(() => tool.Run(kill.Token));
        while (!run.IsCompleted && !File.Exists(hold + ".reached"))
            Thread.Sleep(10);
        Assert.False(run.IsCompleted);
        kill.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => run.GetAwaiter().GetResult());
    }

    /// <summary>Runs the tool with at most 16 KiB for each file. The runtime maps its code from a file unless told otherwise.</summary>
    private ToolOutcome Limited(string first) =>
        ProgramRun.Of(
            "bash",
            ["-c", $"{first} ulimit -c 0; ulimit -f 16; exec dotnet \"$@\"", "bash", .. Arguments],
            _workspace.Root,
            new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" }
        );
}
