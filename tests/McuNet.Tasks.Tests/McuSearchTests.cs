using System;
using System.IO;
using System.Text;
using System.Threading;
using McuNet.Search;
using McuNet.Tests;
using Microsoft.Build.Utilities;
using Xunit;

namespace McuNet.Tasks.Tests;

/// <summary>The two tasks behind <c>McuSearch</c> items.</summary>
public sealed class McuSearchTests : IDisposable
{
    private const string Done = """{"winner":{},"diagnostics":[]}""";
    private const string Line = "    <McuSearch Include=\"digits.search.json\" Device=\"nrf52840\" OutputFile=\"net.onnx\" />";

    private readonly TemporaryProject _project = new(Line);

    public McuSearchTests()
    {
        File.WriteAllText(_project.PathOf("digits.search.json"), "{}\n");
        File.Delete(_project.PathOf("net.onnx"));
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Run_MissingOutput_SearchesWithResumeAndShowsProgress()
    {
        var runner = new FakeRunner(0, Done, "evolution 1/8\nevolution 2/8, best so far 91.00 %");
        Assert.True(Run(runner, Item(("Seed", "7"), ("Trainer", "dotnet fake.dll"))));
        Assert.Equal(
            [
                "exec",
                "--roll-forward",
                "Major",
                _project.Engine,
                "search",
                _project.PathOf("digits.search.json"),
                "--device",
                "nrf52840",
                "--out",
                _project.PathOf("digits.search"),
                "--output",
                _project.PathOf("net.onnx"),
                "--seed",
                "7",
                "--trainer",
                "dotnet fake.dll",
                "--resume",
                "--json",
            ],
            Assert.Single(runner.Commands).Arguments
        );
        Assert.Equal(_project.Directory, runner.Commands[0].WorkingDirectory);
        Assert.Contains("digits.search.json: evolution 2/8, best so far 91.00 %", _project.Log.Shown);
        Assert.Equal("*\n", File.ReadAllText(_project.PathOf("digits.search/.gitignore")));
    }

    [Fact]
    public void Run_OutputOfThisSearch_StartsNothing()
    {
        Record(SearchStamp.Of("{}\n"u8.ToArray(), "nrf52840", null));
        var runner = new FakeRunner(0, Done);
        Assert.True(Run(runner, Item()));
        Assert.Empty(runner.Commands);
    }

    [Theory]
    [InlineData("Device", "nrf52832")]
    [InlineData("Seed", "2")]
    public void Run_OutputOfAnotherSearch_SearchesAgain(string metadata, string value)
    {
        Record(SearchStamp.Of("{}\n"u8.ToArray(), "nrf52840", null));
        var runner = new FakeRunner(0, Done);
        Assert.True(Run(runner, Item((metadata, value))));
        Assert.Single(runner.Commands);
    }

    [Fact]
    public void Run_Diagnostic_IsPlacedAtTheItem()
    {
        Assert.False(
            Run(
                new FakeRunner(1, """{"diagnostics":[{"id":"MCU8048","severity":"error","message":"too large","file":null,"line":0}]}"""),
                Item()
            )
        );
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal(("MCU8048", 3, 5), (error.Code, error.LineNumber, error.ColumnNumber));
    }

    [Fact]
    public void Run_ToolKilled_SaysWhereWorkIsKept()
    {
        Assert.False(Run(new FakeRunner(137, ""), Item()));
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal("MCU7033", error.Code);
        Assert.Contains(_project.PathOf("digits.search"), error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Run_Cancelled_StopsTheToolAndAllThatItStarted()
    {
        using var cancellation = new CancellationTokenSource();
        var child = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new ProcessRunner().Run(
                new("/bin/sh", ["-c", "sleep 600 & echo $! >&2; wait"], _project.Directory),
                cancellation.Token,
                line =>
                {
                    child = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
                    cancellation.Cancel();
                }
            )
        );
        Assert.True(SpinWait.SpinUntil(() => !IsRunning(child), TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData("OutputFile", "", "names no OutputFile")]
    [InlineData("Include", "gone.json", "the search file does not exist")]
    public void Run_UnusableItem_IsMcu7032(string metadata, string value, string reason)
    {
        var item = metadata == "Include" ? new TaskItem(value) : Item();
        item.SetMetadata("OutputFile", metadata == "OutputFile" ? value : "net.onnx");
        var runner = new FakeRunner(0, Done);
        Assert.False(Run(runner, item));
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal("MCU7032", error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(runner.Commands);
    }

    [Fact]
    public void Check_MissingOutput_WarnsAtTheItem()
    {
        Assert.True(Check());
        var warning = Assert.Single(_project.Log.Warnings);
        Assert.Equal(("MCU7030", 3), (warning.Code, warning.LineNumber));
    }

    [Fact]
    public void Prepare_ModelThatIsStillToBeSearched_IsMissingWithTheWayOut()
    {
        Assert.True(Check(null, TemporaryProject.Item()));
        Assert.Empty(_project.Log.Warnings);
        var prepare = _project.Prepare(TemporaryProject.Item());
        prepare.Searches = [Item()];
        Assert.False(prepare.Execute());
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal("MCU1001", error.Code);
        Assert.Contains("dotnet build -t:McuSearch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OlderTimesButEqualContent_IsSilent()
    {
        Record(SearchStamp.Of("{}\n"u8.ToArray(), "nrf52840", null));
        File.SetLastWriteTimeUtc(_project.PathOf("net.onnx"), DateTime.UnixEpoch);
        Assert.True(Check());
        Assert.Empty(_project.Log.Warnings);
    }

    [Fact]
    public void Check_ChangedSearchFile_Warns()
    {
        Record(SearchStamp.Of("{ }\n"u8.ToArray(), "nrf52840", null));
        Assert.True(Check());
        Assert.Equal("MCU7031", Assert.Single(_project.Log.Warnings).Code);
    }

    [Theory]
    [InlineData("a.space.json")]
    [InlineData("a.dataset.json")]
    [InlineData("boards/mine.json")]
    public void Check_ChangedSpaceDataSetOrDevice_Warns(string changed)
    {
        var search = """{ "space": "a.space.json", "dataset": "a.dataset.json" }""";
        Directory.CreateDirectory(_project.PathOf("boards"));
        foreach (
            var (file, text) in new[]
            {
                ("digits.search.json", search),
                ("a.space.json", "{}"),
                ("a.dataset.json", "{}"),
                ("boards/mine.json", "{}"),
            }
        )
            File.WriteAllText(_project.PathOf(file), text);
        var item = Item(("Device", "boards/mine.json"));
        Record(SearchStamp.Of(Encoding.UTF8.GetBytes(search), "mine.json", null, "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray()));
        Assert.True(Check(item));
        Assert.Empty(_project.Log.Warnings);
        File.WriteAllText(_project.PathOf(changed), "{ }");
        Assert.True(Check(item));
        Assert.Equal("MCU7031", Assert.Single(_project.Log.Warnings).Code);
    }

    /// <summary>The device may stand in the search file alone, relative to its folder.</summary>
    [Fact]
    public void Check_ChangedDeviceOfTheSearchFile_Warns()
    {
        var search = """{ "device": "mine.json" }""";
        File.WriteAllText(_project.PathOf("digits.search.json"), search);
        File.WriteAllText(_project.PathOf("mine.json"), "{}");
        Record(SearchStamp.Of(Encoding.UTF8.GetBytes(search), null, null, "{}"u8.ToArray()));
        Assert.True(Check(Item(("Device", ""))));
        Assert.Empty(_project.Log.Warnings);
        File.WriteAllText(_project.PathOf("mine.json"), "{ }");
        Assert.True(Check(Item(("Device", ""))));
        Assert.Equal("MCU7031", Assert.Single(_project.Log.Warnings).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not JSON")]
    [InlineData("[]")]
    public void Check_OutputWithoutUsableRecord_IsSilent(string? record)
    {
        File.WriteAllText(_project.PathOf("net.onnx"), "model");
        if (record is not null)
            File.WriteAllText(SearchStamp.RecordOf(_project.PathOf("net.onnx")), record);
        Assert.True(Check());
        Assert.Empty(_project.Log.Warnings);
    }

    private static TaskItem Item(params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem("digits.search.json");
        item.SetMetadata("Device", "nrf52840");
        item.SetMetadata("OutputFile", "net.onnx");
        foreach (var (name, value) in metadata)
            item.SetMetadata(name, value);
        return item;
    }

    private bool Run(FakeRunner runner, TaskItem item)
    {
        using var task = new RunMcuSearch(runner)
        {
            BuildEngine = _project.Log,
            Searches = [item],
            ProjectFile = _project.ProjectFile,
            EnginePath = _project.Engine,
            DotNetPath = "dotnet",
        };
        return task.Execute();
    }

    private bool Check(TaskItem? search = null, params TaskItem[] models) =>
        new CheckMcuSearches
        {
            BuildEngine = _project.Log,
            Searches = [search ?? Item()],
            Models = models,
            ProjectFile = _project.ProjectFile,
        }.Execute();

    private void Record(string stamp)
    {
        File.WriteAllText(_project.PathOf("net.onnx"), "model");
        File.WriteAllText(SearchStamp.RecordOf(_project.PathOf("net.onnx")), $$"""{ "search": "{{stamp}}", "device": "nrf52840" }""");
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
