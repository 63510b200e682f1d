using System.Linq;
using System.Text;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Spaces;

public sealed class SpaceReaderTests
{
    private const string Good = """
        {
          "version": 1, "name": "small",
          "resolutions": [32, 24], "widths": [0.5, 1.0],
          "input": { "channels": 3 },
          "classes": 10,
          "rounding": { "divisor": 8, "minimum": 8, "keep": 0.9 },
          "activation": "relu6",
          "stem": { "out": 16, "kernel": 3, "stride": 2 },
          "first": { "out": 8, "kernel": [3], "stride": 1 },
          "stages": [
            { "out": 16, "stride": 2, "depth": [1, 2], "kernel": [3, 5], "expand": [3, 6], "width": [1.0] },
            { "out": 24, "stride": 1, "depth": [0, 1], "kernel": [3], "expand": [3], "width": [0.5, 1.0] }
          ],
          "head": { "out": 0 },
          "residual": "after-first"
        }
        """;

    [Fact]
    public void Read_GoodFile_GivesTheSpace()
    {
        var space = SpaceReader.Read(Encoding.UTF8.GetBytes(Good), "small.json").Value;

        Assert.Equal([24, 32], space.Resolutions.ToArray());
        Assert.Equal(new Stem(16, 3, 2), space.Stem);
        Assert.Equal(2, space.Stages.Length);
        Assert.Equal((4 + 16) * (1 + 2 * 1), (int)space.NetworksPerScale);
    }

    [Theory]
    [InlineData("\"classes\": 10,", "\"classes\": 10 \"x\": 1,", "MCU8002", 5)]
    [InlineData("\"classes\": 10,", "\"classes\": 10, \"depth\": 1,", "MCU8003", 5)]
    [InlineData("\"classes\": 10,", "\"classes\": 10, \"classes\": 10,", "MCU8005", 5)]
    [InlineData("\"classes\": 10,", "", "MCU8004", 1)]
    [InlineData("\"keep\": 0.9", "\"keep\": 1.9", "MCU8005", 6)]
    [InlineData("\"version\": 1", "\"version\": 2", "MCU8005", 2)]
    [InlineData("\"version\": 1, ", "", "MCU8004", 1)]
    [InlineData("[32, 24]", "[]", "MCU8005", 3)]
    [InlineData("[32, 24]", "[32, 32]", "MCU8005", 3)]
    [InlineData("[3, 5]", "[3, 4]", "MCU8005", 11)]
    [InlineData("\"relu6\"", "\"swish\"", "MCU8005", 7)]
    [InlineData("\"depth\": [1, 2]", "\"depth\": [0, 1]", "MCU8006", 11)]
    [InlineData("{ \"out\": 24, \"stride\": 1", "{ \"out\": 24, \"stride\": 2", "MCU8006", 12)]
    [InlineData("{ \"out\": 0 }", "0", "MCU8005", 14)]
    public void Read_BadFile_NamesFieldAndLine(string old, string with, string id, int line)
    {
        var found = SpaceReader.Read(Encoding.UTF8.GetBytes(Good.Replace(old, with)), "small.json").Diagnostics;

        Assert.Equal(id, Assert.Single(found).Id);
        Assert.Equal(line, found[0].Location!.Line);
    }

    [Fact]
    public void Read_EmptyText_IsADiagnostic() => Assert.Equal("MCU8002", Assert.Single(SpaceReader.Read([], "small.json").Diagnostics).Id);

    [Fact]
    public void Read_CutOffAnywhere_IsADiagnostic() =>
        Assert.All(
            Enumerable.Range(0, Good.Length - 1),
            n => Assert.NotEmpty(SpaceReader.Read(Encoding.UTF8.GetBytes(Good[..n]), "small.json").Diagnostics)
        );

    [Fact]
    public void Find_UnknownName_ListsThePresets()
    {
        var found = Assert.Single(SpacePresets.Find("mbv3").Diagnostics);

        Assert.Equal("MCU8001", found.Id);
        Assert.Contains(
            "cifar, cifar-wide, digits, mbv2-like, mbv2-wide, paper-table-fit, paper-table-principled",
            found.Message,
            System.StringComparison.Ordinal
        );
    }
}
