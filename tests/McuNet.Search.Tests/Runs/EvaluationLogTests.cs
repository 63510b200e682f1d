using System;
using System.IO;
using System.Text.Json.Nodes;
using McuNet.Search.Runs;
using Xunit;

namespace McuNet.Search.Tests.Runs;

public sealed class EvaluationLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet-log-").FullName;

    private string File => Path.Combine(_folder, "evaluations.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_AfterATornLine_KeepsTheWholeOnes()
    {
        using (var log = EvaluationLog.Open(File).Value)
        {
            log.Append("a", new JsonObject { ["accuracy"] = 0.1 });
            log.Append("b", new JsonObject { ["accuracy"] = 0.3 });
        }
        System.IO.File.AppendAllText(File, "{\"key\":\"c\",\"accu");

        using (var log = EvaluationLog.Open(File).Value)
        {
            Assert.Equal(2, log.Count);
            Assert.Null(log.Find("c"));
            log.Append("c", new JsonObject { ["accuracy"] = 0.5 });
        }

        Assert.Equal(3, System.IO.File.ReadAllLines(File).Length);
        using var again = EvaluationLog.Open(File).Value;
        Assert.Equal(0.5, again.Find("c")!["accuracy"]!.GetValue<double>());
    }

    [Fact]
    public void Open_WhileAnotherSearchWrites_IsRefused()
    {
        using (var log = EvaluationLog.Open(File).Value)
        {
            var refused = EvaluationLog.Open(File);
            log.Append("a", new JsonObject());

            Assert.Equal("MCU8052", Assert.Single(refused.Diagnostics).Id);
        }

        using var again = EvaluationLog.Open(File).Value;
        Assert.Equal(1, again.Count);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[1]")]
    [InlineData("{\"accuracy\":1}")]
    public void Open_WithADamagedLine_SaysWhichAndChangesNothing(string line)
    {
        var text = "{\"key\":\"a\"}\n" + line + "\n{\"key\":\"b\"}\n";
        System.IO.File.WriteAllText(File, text);

        var found = Assert.Single(EvaluationLog.Open(File).Diagnostics);

        Assert.Equal("MCU8047", found.Id);
        Assert.Contains("line 2", found.Message, StringComparison.Ordinal);
        Assert.Equal(text, System.IO.File.ReadAllText(File));
    }
}
