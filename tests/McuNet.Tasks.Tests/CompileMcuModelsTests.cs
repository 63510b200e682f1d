using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading;
using McuNet.Processes;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class CompileMcuModelsTests : IDisposable
{
    private readonly TemporaryProject _project = new(
        """
            <McuModel Include="net.onnx" Device="nrf52840" Name="a" />
            <McuModel Include="net.onnx" Device="nrf52840" Name="b" />
            <McuModel Include="net.onnx" Device="nrf52840" Name="c" />
        """
    );

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Execute_FaultyModels_AreAllReportedAtTheirLinesInOrder()
    {
        Assert.False(
            Task(name =>
                    name == "b"
                        ? Done(name)
                        : new(1, $$"""{"diagnostics":[{"id":"MCU4001","severity":"error","message":"too large {{name}}"}]}""", "")
                )
                .Execute()
        );
        Assert.Equal([("too large a", 3), ("too large c", 5)], _project.Log.Errors.Select(e => (e.Message!, e.LineNumber)));
        Assert.True(File.Exists(_project.PathOf("obj/mcunet/b/b.stamp")));
    }

    [Fact]
    public void Execute_OneFaultOfAFileForAllModels_IsSaidOnce()
    {
        Assert.False(
            Task(_ => new(1, """{"diagnostics":[{"id":"MCU5002","severity":"error","message":"bad","file":"board.json","line":2}]}""", ""))
                .Execute()
        );
        Assert.Equal("board.json", Assert.Single(_project.Log.Errors).File);
    }

    /// <summary>One build shows what is wrong with an item and what is wrong with another's model.</summary>
    [Fact]
    public void Execute_FaultsOfItems_AreReportedBesideThoseOfModels()
    {
        var prepare = _project.Prepare([
            TemporaryProject.Item("net.onnx", ("Name", "a"), ("Sram", "many")),
            TemporaryProject.Item("net.onnx", ("Name", "b")),
        ]);
        prepare.HoldErrors = true;
        Assert.True(prepare.Execute());
        Assert.Empty(_project.Log.Errors);
        var task = Of(
            prepare,
            name => new(1, $$"""{"diagnostics":[{"id":"MCU4001","severity":"error","message":"too large {{name}}"}]}""", "")
        );
        task.Faults = prepare.Faults;
        Assert.False(task.Execute());
        Assert.Equal([("MCU7052", 3), ("MCU4001", 4)], _project.Log.Errors.Select(e => (e.Code, e.LineNumber)));
    }

    [Fact]
    public void Execute_FaultsAlone_Fail()
    {
        var prepare = _project.Prepare([TemporaryProject.Item("net.onnx", ("Name", "a"), ("Sram", "50%3b$(x) 'y'"))]);
        prepare.HoldErrors = true;
        Assert.True(prepare.Execute());
        var task = Of(prepare, Done);
        task.Faults = prepare.Faults;
        Assert.False(task.Execute());
        Assert.Contains("'50;$(x) 'y'' is not a size", Assert.Single(_project.Log.Errors).Message, StringComparison.Ordinal);
    }

    /// <summary>Each run waits until another has begun.</summary>
    [Fact]
    public void Execute_SeveralModels_RunTogether()
    {
        if (Environment.ProcessorCount == 1)
            return;
        using var met = new Barrier(2);
        var together = new ConcurrentBag<bool>();
        Assert.True(
            Task(name =>
                {
                    if (name != "c")
                        together.Add(met.SignalAndWait(TimeSpan.FromSeconds(30)));
                    return Done(name);
                })
                .Execute()
        );
        Assert.Equal([true, true], together);
    }

    [Fact]
    public void Cancel_BeforeExecute_StartsNothing()
    {
        var started = false;
        var task = Task(name =>
        {
            started = true;
            return Done(name);
        });
        task.Cancel();
        Assert.False(task.Execute());
        Assert.False(started);
    }

    private static ProcessOutput Done(string name) => new(0, $$"""{"diagnostics":[],"files":["{{name}}.c"]}""", "");

    private CompileMcuModels Task(Func<string, ProcessOutput> run)
    {
        var prepare = _project.Prepare([.. new[] { "a", "b", "c" }.Select(n => TemporaryProject.Item("net.onnx", ("Name", n)))]);
        Assert.True(prepare.Execute());
        return Of(prepare, run);
    }

    private CompileMcuModels Of(PrepareMcuModels prepare, Func<string, ProcessOutput> run) =>
        new(new Runner(run))
        {
            BuildEngine = _project.Log,
            Models = prepare.StaleModels,
            ProjectFile = _project.ProjectFile,
            EnginePath = _project.Engine,
            DotNetPath = "dotnet",
        };

    /// <summary>Answers by the name of the model.</summary>
    private sealed class Runner(Func<string, ProcessOutput> run) : IProcessRunner
    {
        public ProcessOutput Run(ProcessCommand command, CancellationToken cancellation, Action<string>? errorLine = null)
        {
            cancellation.ThrowIfCancellationRequested();
            return run(Path.GetFileNameWithoutExtension(command.Arguments[^1]));
        }
    }
}
