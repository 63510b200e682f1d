using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class CompileMcuModelTests : IDisposable
{
    private const string Done = """{"name":"net","diagnostics":[],"files":["net.c","net.h"]}""";

    private readonly TemporaryProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Execute_Model_RunsTheEngineWithItsResponseFile()
    {
        var runner = new FakeRunner(0, Done);
        Assert.True(Task(runner).Execute());
        var command = Assert.Single(runner.Commands);
        Assert.Equal("dotnet", command.Program);
        Assert.Equal(
            ["exec", "--roll-forward", "Major", _project.Engine, "compile", "@" + _project.PathOf("obj/mcunet/net/net.rsp")],
            command.Arguments
        );
        Assert.Equal(_project.Directory, command.WorkingDirectory);
    }

    [Fact]
    public void Execute_Success_SetsTheStampDropsStaleFilesAndTouchesNoOther()
    {
        Write("net.c", "net.h", "old.txt");
        Assert.True(Task(new FakeRunner(0, """{"files":["net.c","net.h","old.txt"]}""")).Execute());
        Assert.True(File.Exists(_project.PathOf("obj/mcunet/net/net.stamp")));
        var kept = _project.PathOf("obj/mcunet/net/net.c");
        File.SetLastWriteTimeUtc(kept, DateTime.UnixEpoch);
        Assert.True(Task(new FakeRunner(0, Done)).Execute());
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(kept));
        Assert.False(File.Exists(_project.PathOf("obj/mcunet/net/old.txt")));
        Assert.Equal("net.c\nnet.h\n", File.ReadAllText(_project.PathOf("obj/mcunet/net/net.files")));
        Assert.True(_project.Prepare(TemporaryProject.Item()).Execute());
        Assert.True(File.Exists(_project.PathOf("obj/mcunet/net/net.stamp")));
    }

    [Fact]
    public void Execute_Failure_SetsNoStampAndKeepsTheOutputs()
    {
        Write("net.c", "net.h");
        Assert.True(Task(new FakeRunner(0, Done)).Execute());
        File.WriteAllText(_project.PathOf("net.onnx"), "other model");
        Assert.False(Task(new FakeRunner(1, """{"diagnostics":[{"id":"MCU4001","severity":"error","message":"too large"}]}""")).Execute());
        Assert.False(File.Exists(_project.PathOf("obj/mcunet/net/net.stamp")));
        Assert.True(File.Exists(_project.PathOf("obj/mcunet/net/net.c")));
    }

    /// <summary>As the host of a machine with SDK 9 says it; the exit code is that of Linux or of Windows.</summary>
    [Theory]
    [InlineData(150)]
    [InlineData(-2147450730)]
    public void Execute_RuntimeMissing_IsOneErrorThatNamesItAndWhatIsThere(int exitCode)
    {
        const string Said = """
            You must install or update .NET to run this application.

            Framework: 'Microsoft.NETCore.App', version '10.0.0' (x64)
            .NET location: /usr/share/dotnet/

            The following frameworks were found:
              8.0.31 at [/usr/share/dotnet/shared/Microsoft.NETCore.App]
              9.0.20 at [/usr/share/dotnet/shared/Microsoft.NETCore.App]
            """;
        Assert.False(Task(new FakeRunner(exitCode, "", Said)).Execute());
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal("MCU7068", error.Code);
        Assert.Contains("needs Microsoft.NETCore.App 10.0.0, and 'dotnet' has 8.0.31, 9.0.20.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The tool reports a full disk with the exit code of a folder that cannot be written; that is no fault of the tool.</summary>
    [Fact]
    public void Execute_EngineCannotWrite_ReportsThatAlone()
    {
        Assert.False(
            Task(
                    new FakeRunner(
                        2,
                        """{"diagnostics":[{"id":"MCU7034","severity":"error","message":"No space left on device"}],"files":[]}"""
                    )
                )
                .Execute()
        );
        Assert.Equal("MCU7034", Assert.Single(_project.Log.Errors).Code);
    }

    [Fact]
    public void Execute_StampCannotBeWritten_IsAnErrorAtTheItem()
    {
        var task = Task(new FakeRunner(0, Done));
        Directory.CreateDirectory(_project.PathOf("obj/mcunet/net/net.stamp"));
        Assert.False(task.Execute());
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal(("MCU7034", 3), (error.Code, error.LineNumber));
        Assert.Equal("MCU7034", McuNet.Diagnostics.DiagnosticCatalog.OutputNotWritten.Id);
    }

    [Theory]
    [InlineData("null", "null", "App.csproj", 3, 5)]
    [InlineData("\"net.onnx\"", "0", "App.csproj", 3, 5)]
    [InlineData("\"board.json\"", "7", "board.json", 7, 1)]
    public void Execute_EngineError_IsPlacedAtItsLineOrAtTheItem(
        string file,
        string line,
        string expectedFile,
        int expectedLine,
        int expectedColumn
    )
    {
        var json =
            $$"""{"diagnostics":[{"id":"MCU4001","severity":"error","message":"needs {0} of 100 %","file":{{file}},"line":{{line}}}],"files":[]}""";
        Assert.False(Task(new FakeRunner(1, json)).Execute());
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal(("MCU4001", "needs {0} of 100 %"), (error.Code, error.Message));
        Assert.Equal((expectedFile, expectedLine, expectedColumn), (Path.GetFileName(error.File), error.LineNumber, error.ColumnNumber));
        Assert.Null(error.Subcategory);
    }

    [Theory]
    [InlineData(3, "", "it broke", "it broke")]
    [InlineData(0, "not json", "", "not JSON at character")]
    [InlineData(1, """{"diagnostics":[],"files":[]}""", "", "no diagnostic says why")]
    [InlineData(1, """{"diagnostics":[{"id":"MCU1","severity":"fatal"}]}""", "", "severity 'fatal'")]
    public void Execute_EngineMisbehaves_IsAFaultOfTheEngine(int exitCode, string output, string error, string reason)
    {
        Assert.False(Task(new FakeRunner(exitCode, output, error)).Execute());
        var logged = Assert.Single(_project.Log.Errors);
        Assert.Equal("MCU7005", logged.Code);
        Assert.Contains(reason, logged.Message, StringComparison.Ordinal);
        Assert.Contains($"exit code {exitCode}", logged.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_project.PathOf("obj/mcunet/net/net.stamp")));
    }

    /// <summary>What the command line refuses is a fault of the item.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("""{"diagnostics":[],"files":[]}""")]
    public void Execute_EngineRefusesTheCommandLine_QuotesIt(string output)
    {
        Assert.False(
            Task(new FakeRunner(2, output, "'KB' is not a size such as 64KB or 65536.\n'mcunet compile --help' shows the usage.")).Execute()
        );
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal(("MCU7053", 3, 5), (error.Code, error.LineNumber, error.ColumnNumber));
        Assert.Contains("refuses: 'KB' is not a size such as 64KB or 65536. Correct", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_HostMissing_SaysSo()
    {
        Assert.False(Task(new FakeRunner(0, Done) { Failure = new Win32Exception(2) }).Execute());
        Assert.Equal("MCU7004", Assert.Single(_project.Log.Errors).Code);
    }

    [Fact]
    public void Execute_EngineMissing_StartsNothing()
    {
        var runner = new FakeRunner(0, Done);
        var task = Task(runner);
        task.EnginePath = _project.PathOf("gone.dll");
        Assert.False(task.Execute());
        Assert.Equal("MCU7004", Assert.Single(_project.Log.Errors).Code);
        Assert.Empty(runner.Commands);
    }

    [Fact]
    public void Execute_DesignTimeFault_IsAWarning()
    {
        var task = Task(new FakeRunner(1, """{"diagnostics":[{"id":"MCU4001","severity":"error","message":"too large"}]}"""));
        task.DesignTimeBuild = true;
        Assert.True(task.Execute());
        Assert.Equal("MCU4001", Assert.Single(_project.Log.Warnings).Code);
    }

    [Fact]
    public void Execute_Warning_IsReportedAtTheItem()
    {
        Assert.True(
            Task(new FakeRunner(0, """{"diagnostics":[{"id":"MCU4020","severity":"warning","message":"close"}],"files":[]}""")).Execute()
        );
        var warning = Assert.Single(_project.Log.Warnings);
        Assert.Equal(("MCU4020", _project.ProjectFile, 3), (warning.Code, warning.File, warning.LineNumber));
    }

    [Fact]
    public void Cancel_BeforeTheEngine_FailsWithoutStartingIt()
    {
        var runner = new FakeRunner(0, Done);
        var task = Task(runner);
        task.Cancel();
        Assert.False(task.Execute());
        Assert.Empty(runner.Commands);
    }

    [Fact]
    public void Run_RealProcess_KeepsArgumentsAndStreams()
    {
        var result = new ProcessRunner().Run(
            new("dotnet", ["exec", "no such.dll", "a \"b\" \\"], _project.Directory),
            CancellationToken.None
        );
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("no such.dll", result.StandardError + result.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_Arena_RunsTheEngineOnceItsModelsAreCompiled()
    {
        var runner = new FakeRunner(0, """{"summary":"arena vision: 42 bytes","diagnostics":[],"files":["mcunet_vision_arena.c"]}""");
        var prepare = _project.Prepare(TemporaryProject.Item("net.onnx", ("Arena", "vision")));
        Assert.True(prepare.Execute());
        var task = new ShareMcuArena(runner)
        {
            BuildEngine = _project.Log,
            Arena = Assert.Single(prepare.PreparedArenas),
            ProjectFile = _project.ProjectFile,
            EnginePath = _project.Engine,
            DotNetPath = "dotnet",
        };
        Assert.True(task.Execute());
        Assert.Empty(runner.Commands);
        File.WriteAllText(_project.PathOf("obj/mcunet/net/net.mcunet"), "manifest");
        Assert.True(task.Execute());
        Assert.Empty(runner.Commands);
        File.WriteAllText(_project.PathOf("obj/mcunet/net/net.stamp"), "fingerprint");
        Assert.True(task.Execute());
        Assert.Equal(
            ["arena", "@" + _project.PathOf("obj/mcunet/mcunet_vision_arena/mcunet_vision_arena.rsp")],
            Assert.Single(runner.Commands).Arguments.Skip(4)
        );
        Assert.Equal(
            "mcunet_vision_arena.c\n",
            File.ReadAllText(_project.PathOf("obj/mcunet/mcunet_vision_arena/mcunet_vision_arena.files"))
        );
    }

    private void Write(params string[] files)
    {
        Directory.CreateDirectory(_project.PathOf("obj/mcunet/net"));
        foreach (var file in files)
            File.WriteAllText(_project.PathOf("obj/mcunet/net/" + file), "made");
    }

    private CompileMcuModel Task(FakeRunner runner)
    {
        var prepare = _project.Prepare(TemporaryProject.Item());
        Assert.True(prepare.Execute());
        return new(runner)
        {
            BuildEngine = _project.Log,
            Model = prepare.PreparedModels.Single(),
            ProjectFile = _project.ProjectFile,
            EnginePath = _project.Engine,
            DotNetPath = "dotnet",
        };
    }
}
