using System;
using System.IO;
using Xunit;

namespace McuNet.Tasks.Tests;

/// <summary>What is content changes the text, what is a date or a place of the engine does not.</summary>
public sealed class InputsTextTests : IDisposable
{
    private static readonly DateTime Date = new(2021, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private readonly TemporaryProject _project = new();

    public InputsTextTests()
    {
        foreach (var (file, text) in new[] { ("board.json", "{}"), ("samples/a.bin", "1"), ("samples/deep/b.bin", "2") })
            Put(file, text, Date);
    }

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("net.onnx")]
    [InlineData("board.json")]
    [InlineData("samples/a.bin")]
    [InlineData("samples/deep/b.bin")]
    [InlineData("mcunet.dll")]
    public void OfModel_OtherContent_DiffersEvenWithTheSameSizeAndDateOrAnOlderOne(string file)
    {
        Put(file, "before", Date);
        var before = Text();
        Put(file, "after.", Date);
        var same = Text();
        Put(file, "older.", Date.AddYears(-1));
        var older = Text();
        Assert.Distinct([before, same, older]);
    }

    [Theory]
    [InlineData("net.onnx")]
    [InlineData("board.json")]
    [InlineData("samples/a.bin")]
    [InlineData("mcunet.dll")]
    public void OfModel_OtherDate_IsTheSame(string file)
    {
        var before = Text();
        File.SetLastWriteTimeUtc(_project.PathOf(file), Date.AddYears(3));
        Assert.Equal(before, Text());
    }

    [Theory]
    [InlineData("samples/new.bin", "")]
    [InlineData("McuNet.More.dll", "more")]
    public void OfModel_FurtherFile_Differs(string file, string text)
    {
        var before = Text();
        Put(file, text, Date);
        Assert.NotEqual(before, Text());
    }

    [Fact]
    public void OfModel_SampleUnderAnotherName_Differs()
    {
        var before = Text();
        File.Move(_project.PathOf("samples/a.bin"), _project.PathOf("samples/c.bin"));
        Assert.NotEqual(before, Text());
    }

    [Fact]
    public void OfModel_EngineElsewhere_IsTheSame()
    {
        var before = Text();
        Put("engine/mcunet.dll", File.ReadAllText(_project.Engine), Date);
        Assert.Equal(before, Text(_project.PathOf("engine/mcunet.dll")));
    }

    [Fact]
    public void OfModel_AbsentFiles_SaysSo()
    {
        File.Delete(_project.PathOf("board.json"));
        Assert.Contains(
            $"device absent {_project.PathOf("board.json")}\n",
            Text(_project.PathOf("nowhere/mcunet.dll")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void OfArena_AnotherModelOrOtherInputsOfIt_Differs()
    {
        var inputs = new InputsText(_project.Engine);
        Assert.Distinct([
            inputs.OfArena([("a", "1")]),
            inputs.OfArena([("a", "2")]),
            inputs.OfArena([("b", "1")]),
            inputs.OfArena([("a", "1"), ("b", "1")]),
        ]);
    }

    private string Text(string? engine = null) =>
        new InputsText(engine ?? _project.Engine).OfModel(
            new ModelRequest
            {
                ModelFile = _project.PathOf("net.onnx"),
                Name = "net",
                Device = _project.PathOf("board.json"),
                OutputDirectory = _project.PathOf("obj"),
                Target = "c",
                Options = [],
                Calibration = _project.PathOf("samples"),
            },
            "Facade"
        );

    private void Put(string file, string text, DateTime date)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_project.PathOf(file))!);
        File.WriteAllText(_project.PathOf(file), text);
        File.SetLastWriteTimeUtc(_project.PathOf(file), date);
    }
}
