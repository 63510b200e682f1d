using System;
using System.IO;
using System.Linq;
using Microsoft.Build.Utilities;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class CheckNanoAssemblyTests : IDisposable
{
    private readonly TemporaryProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(40_000, 100, true)]
    [InlineData(32_000, 100, false)]
    [InlineData(100, 31_000, true)]
    public void Execute_TwoModels_CountTogether(int data, int code, bool fails)
    {
        Assert.Equal(!fails, Check(Summary(data, code), Summary(data, code)));
        Assert.Equal(fails ? ["MCU7057"] : [], _project.Log.Errors.Select(e => e.Code));
        if (fails)
            Assert.Contains(
                $"have {2 * data:N0} bytes of constants and about {2 * code:N0} of IL together (m0 {data}, m1 {data})",
                Assert.Single(_project.Log.Errors).Message,
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("""{"nano":null}""")]
    public void Execute_ModelOfAnotherTarget_DoesNotCount(string other) => Assert.True(Check(Summary(40_000, 100), other));

    private bool Check(params string[] summaries)
    {
        var models = summaries.Select(
            (text, i) =>
            {
                File.WriteAllText(_project.PathOf($"m{i}.json"), text);
                var item = new TaskItem($"m{i}.onnx");
                item.SetMetadata("McuName", $"m{i}");
                item.SetMetadata("SummaryFile", $"m{i}.json");
                return item;
            }
        );
        return new CheckNanoAssembly
        {
            BuildEngine = _project.Log,
            Models = [.. models],
            ProjectFile = _project.ProjectFile,
        }.Execute();
    }

    private static string Summary(int data, int code) =>
        $$"""{"nano":{"data":{{data}},"dataLimit":64000,"code":{{code}},"codeLimit":60000} }""";
}
