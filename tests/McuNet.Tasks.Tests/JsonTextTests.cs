using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class JsonTextTests
{
    [Fact]
    public void Parse_SerializedText_ComesBack()
    {
        const string text = "é \"quoted\" \\ / \n\r\t\b\f \u0001 日本 😀 <&>";
        var parsed =
            (Dictionary<string, object?>)
                JsonText.Parse(
                    JsonSerializer.Serialize(
                        new
                        {
                            text,
                            number = -1.5e3,
                            yes = true,
                            no = false,
                            none = (string?)null,
                        }
                    )
                )!;
        Assert.Equal(text, parsed["text"]);
        Assert.Equal((-1500d, true, false, null), (parsed["number"], parsed["yes"], parsed["no"], parsed["none"]));
    }

    [Theory]
    [InlineData(" [ 1 , [ ] , { } ] ", 3)]
    [InlineData("[]", 0)]
    public void Parse_Array_KeepsItsElements(string text, int count) => Assert.Equal(count, ((List<object?>)JsonText.Parse(text)!).Count);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("{\"a\" 1}")]
    [InlineData("\"open")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("nul")]
    [InlineData("1 2")]
    public void Parse_Damaged_Throws(string text) => Assert.Throws<FormatException>(() => JsonText.Parse(text));

    [Fact]
    public void Parse_DeepNesting_ThrowsInsteadOfOverflowing() =>
        Assert.Throws<FormatException>(() => JsonText.Parse(string.Concat(Enumerable.Repeat("[", 100_000))));

    [Fact]
    public void Report_UnknownMembers_AreIgnored()
    {
        var report = EngineReport.Parse(
            """
            {"name":"n","sram":{"arena":1},"diagnostics":[{"id":"MCU4002","severity":"warning","message":"m","file":"f","line":3,"more":[]}],"files":["a","b"]}
            """
        );
        Assert.Equal(new EngineDiagnostic("MCU4002", DiagnosticSeverity.Warning, "m", "f", 3), Assert.Single(report.Diagnostics));
        Assert.Equal(["a", "b"], report.Files);
    }
}
