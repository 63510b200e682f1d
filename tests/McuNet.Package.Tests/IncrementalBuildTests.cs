using System;
using System.IO;
using System.Linq;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>Each test first brings the one project up to date, then changes one thing and counts engine processes.</summary>
[Collection(PackageCollection.Name)]
public sealed class IncrementalBuildTests(PackageFeed feed, IncrementalBuildTests.Shared shared)
    : IClassFixture<IncrementalBuildTests.Shared>
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly DateTime Later = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly SampleProject _sample = shared.UpToDate(feed);

    [Fact]
    public void Build_FirstTime_WritesCopiesNextToTheOutput() =>
        Assert.Equal(["CMakeLists.txt", "person.c", "person.h"], Files(Path.Combine(_sample.Copies, "person")));

    [Fact]
    public void Build_SecondTime_StartsNoEngineAndSkipsTheTarget()
    {
        var result = Counted(0, () => _sample.Build("--no-restore", "-v", "d"));
        Assert.Contains("Task \"PrepareMcuModels\"", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Task \"CompileMcuModels\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\" because all output files are up-to-date", result.Output, StringComparison.Ordinal);
    }

    /// <summary>As after a checkout by version control.</summary>
    [Fact]
    public void Build_EveryInputWithANewDate_StartsNoEngineAndSkipsTheTarget()
    {
        foreach (var file in new[] { "person.onnx", "second.onnx", "board.json", "samples/first.bin" })
            _sample.Touch(file, Later);
        var result = Counted(0, () => _sample.Build("--no-restore", "-v", "d"));
        Assert.Contains("Task \"PrepareMcuModels\"", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Task \"CompileMcuModels\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\" because all output files are up-to-date", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ModelReplacedByAnOlderFile_CompilesThatModelAlone()
    {
        _sample.With("person.onnx", "fake-model", "output 1 6").Touch("person.onnx", LongAgo);
        Counted(1, () => _sample.Build("--no-restore"));
        Assert.Contains("--name person ", _sample.LastEngineArguments, StringComparison.Ordinal);
        Assert.Contains("6", Manifest("person"), StringComparison.Ordinal);
        Counted(0, () => _sample.Build("--no-restore"));
    }

    [Fact]
    public void Build_InputsOfEqualSizeAndDate_CompilesTheirModelsAgain()
    {
        _sample.With("person.onnx", "fake-model", "output 1 7").With("board.json", "[]").With("samples/first.bin", "one");
        Counted(2, () => _sample.Build("--no-restore"));
        foreach (
            var (file, lines, model) in new (string, string[], string)[]
            {
                ("person.onnx", ["fake-model", "output 1 8"], "person"),
                ("samples/first.bin", ["two"], "person"),
                ("board.json", ["{}"], "second"),
            }
        )
        {
            var date = _sample.DateOf(file);
            _sample.With(file, lines).Touch(file, date);
            Counted(1, () => _sample.Build("--no-restore"));
            Assert.Contains($"--name {model} ", _sample.LastEngineArguments, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DesignTimeBuild_ModelReplacedByAnOlderFile_CompilesIt()
    {
        _sample.With("second.onnx", "fake-model", "type uint8", "output 1 9").Touch("second.onnx", LongAgo);
        Counted(1, () => _sample.Target("Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true"));
        Counted(0, () => _sample.Target("Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true"));
    }

    [Fact]
    public void Build_OptionChanged_CompilesAgain()
    {
        Counted(2, () => _sample.Build("--no-restore", "-p:McuOptimize=Memory"));
        Assert.Contains("--optimize memory", _sample.LastEngineArguments, StringComparison.Ordinal);
        Counted(0, () => _sample.Build("--no-restore", "-p:McuOptimize=Memory"));
    }

    [Fact]
    public void Build_CalibrationSampleAdded_CompilesItsModelAgain()
    {
        _sample.With($"samples/{Guid.NewGuid():N}.bin", "sample");
        Counted(1, () => _sample.Build("--no-restore"));
        Assert.Contains("--calibration", _sample.LastEngineArguments, StringComparison.Ordinal);
    }

    /// <summary>Files of a newer package can be older than the last build. Bytes behind its end do not change what an assembly
    /// does.</summary>
    [Fact]
    public void Build_UpgradedEngineWithOlderFiles_CompilesAgain()
    {
        var upgrade = Directory.CreateDirectory(Path.Combine(_sample.Directory, "upgrade")).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(feed.EnginePath)!))
        {
            var copy = Path.Combine(upgrade, Path.GetFileName(file));
            File.Copy(file, copy, overwrite: true);
            if (copy.EndsWith("McuNet.Contracts.dll", StringComparison.Ordinal))
                File.AppendAllText(copy, "newer");
            File.SetLastWriteTimeUtc(copy, LongAgo);
        }
        Counted(2, () => _sample.Build("--no-restore", $"-p:McuNetEnginePath={Path.Combine("upgrade", "McuNet.FakeEngine.dll")}"));
    }

    [Fact]
    public void Build_OutputDeleted_CompilesAgain()
    {
        File.Delete(Path.Combine(_sample.Intermediate, "person", "person.h"));
        Counted(1, () => _sample.Build("--no-restore"));
    }

    [Fact]
    public void Clean_AfterBuild_LeavesNothing()
    {
        _sample.Target("Clean").Succeed();
        Assert.False(Directory.Exists(_sample.Intermediate));
        Assert.False(Directory.Exists(_sample.Copies));
    }

    [Fact]
    public void Rebuild_UpToDate_CompilesEveryModelOnce() => Counted(2, () => _sample.Build("--no-restore", "-t:Rebuild"));

    [Fact]
    public void DesignTimeBuild_UpToDate_StartsNoEngineAndGivesTheManifest()
    {
        var result = Counted(
            0,
            () =>
                _sample.Target(
                    "Compile",
                    "-p:DesignTimeBuild=true",
                    "-p:SkipCompilerExecution=true",
                    "-getItem:AdditionalFiles",
                    "-getItem:Compile"
                )
        );
        Assert.Contains("person.mcunet", result.Output, StringComparison.Ordinal);
        Assert.Contains("person.engine.g.cs", result.Output, StringComparison.Ordinal);
    }

    private string Manifest(string model) => File.ReadAllText(Path.Combine(_sample.Intermediate, model, model + ".mcunet"));

    private DotNetResult Counted(int runs, Func<DotNetResult> build)
    {
        var before = _sample.EngineRuns;
        var result = build().Succeed();
        Assert.Equal(runs, _sample.EngineRuns - before);
        return result;
    }

    private static string[] Files(string directory) =>
        [.. Directory.GetFiles(directory).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>The project that the tests of this class share, restored once.</summary>
    public sealed class Shared
    {
        private SampleProject? _sample;

        public SampleProject UpToDate(PackageFeed feed)
        {
            var restored = _sample is not null;
            _sample ??= new SampleProject(
                feed,
                """
                    <McuModel Include="person.onnx" Device="nrf52840" Sram="64KB" Calibration="samples" />
                    <McuModel Include="second.onnx" Device="board.json" />
                """
            ).With("person.onnx", "fake-model").With("second.onnx", "fake-model", "type uint8").With("board.json", "{}").With("samples/first.bin", "sample").With("Program.cs", "System.Console.WriteLine(Sample.Person.ArenaBytes + Sample.Second.ArenaBytes);");
            _sample.Build(restored ? ["--no-restore"] : []).Succeed();
            return _sample;
        }
    }
}
