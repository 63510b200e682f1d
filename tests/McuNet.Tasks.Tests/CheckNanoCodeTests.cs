using System;
using System.Linq;
using Microsoft.Build.Utilities;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class CheckNanoCodeTests : IDisposable
{
    private readonly TemporaryProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Execute_CleanAssembly_GivesTheEngineWhatItWasCompiledAgainst()
    {
        var runner = new FakeRunner(0, """{"diagnostics":[]}""");

        Assert.True(Task(runner).Execute());
        Assert.Equal(
            ["nano", "obj/App.exe", "--json", "--reference", _project.PathOf("mscorlib.dll")],
            Assert.Single(runner.Commands).Arguments.SkipWhile(a => a != "nano")
        );
        Assert.Empty(_project.Log.Errors);
    }

    [Fact]
    public void Execute_Faults_AreReportedAtTheirLinesOrAtTheProject()
    {
        var runner = new FakeRunner(
            1,
            """
            {"diagnostics":[
              {"id":"MCU7058","severity":"error","message":"a grid","file":"Use.cs","line":7},
              {"id":"MCU7059","severity":"error","message":"too large","file":null,"line":0},
              {"id":"MCU7060","severity":"warning","message":"a sum","file":"Use.cs","line":9}]}
            """
        );

        Assert.False(Task(runner).Execute());
        Assert.Equal(
            [("MCU7058", "Use.cs", 7), ("MCU7059", _project.ProjectFile, 1)],
            _project.Log.Errors.Select(e => (e.Code, e.File, e.LineNumber))
        );
        Assert.Equal([("MCU7060", "Use.cs", 9)], _project.Log.Warnings.Select(e => (e.Code, e.File, e.LineNumber)));
    }

    [Fact]
    public void Execute_EngineThatStops_SaysWhy()
    {
        Assert.False(Task(new FakeRunner(3, string.Empty, "first\nout of memory\n")).Execute());

        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal("MCU7061", error.Code);
        Assert.Contains("out of memory", error.Message, StringComparison.Ordinal);
    }

    private CheckNanoCode Task(FakeRunner runner) =>
        new(runner)
        {
            BuildEngine = _project.Log,
            ProjectFile = _project.ProjectFile,
            EnginePath = _project.Engine,
            DotNetPath = "dotnet",
            Assembly = "obj/App.exe",
            References = [new TaskItem(_project.PathOf("mscorlib.dll"))],
        };
}
