using System.Linq;
using System.Text;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Spaces;

public sealed class ArchitectureTests
{
    private static readonly SearchSpace Space = SpacePresets.Find("cifar").Value;

    [Fact]
    public void ToJson_Architecture_IsTheCanonicalText()
    {
        var architecture = new Architecture
        {
            Resolution = 24,
            Width = 0.5,
            FirstKernel = 3,
            Stages = [new(1.0, [new(3, 4), new(5, 6)])],
        };

        Assert.Equal(
            """{"resolution":24,"width":0.5,"first":{"kernel":3},"stages":[{"width":1,"blocks":[{"kernel":3,"expand":4},{"kernel":5,"expand":6}]}]}""",
            architecture.ToJson()
        );
    }

    [Fact]
    public void Read_CanonicalText_GivesTheSameArchitectureAndHash()
    {
        var random = new SplitMix64(7);
        for (var i = 0; i < 100; i++)
        {
            var architecture = Sampling.Uniform(Space, random);
            var read = ArchitectureReader.Read(Encoding.UTF8.GetBytes(architecture.ToJson()), Space, "a.json").Value;

            Assert.Equal(architecture, read);
            Assert.Equal(architecture.Hash(), read.Hash());
        }
    }

    [Fact]
    public void Hash_DifferentArchitectures_Differ()
    {
        var random = new SplitMix64(8);
        var distinct = Enumerable.Range(0, 2000).Select(_ => Sampling.Uniform(Space, random)).Distinct().ToArray();

        Assert.Equal(distinct.Length, distinct.Select(a => a.Hash()).Distinct().Count());
    }

    [Theory]
    [InlineData("\"resolution\":32", "\"resolution\":33", "resolution 33 is not one of 24, 28, 32")]
    [InlineData("\"width\":0.5", "\"width\":0.6", "width 0.6 is not one of 0.25, 0.35, 0.5, 0.75, 1")]
    [InlineData("\"kernel\":5", "\"kernel\":9", "has kernel 9")]
    [InlineData("\"expand\":4", "\"expand\":5", "has expansion 5")]
    [InlineData("\"first\"", "\"last\"", "unknown field 'last'")]
    [InlineData("\"resolution\":32", "\"resolution\":\"32\"", "'resolution' is not a whole number")]
    [InlineData("{\"kernel\":5,\"expand\":4}", "", "stage 1 has 0 blocks")]
    [InlineData("]}", "", "")]
    public void Read_NotOfTheSpace_SaysWhy(string old, string with, string reason)
    {
        const string Text =
            """{"resolution":32,"width":0.5,"first":{"kernel":3},"stages":[{"width":1,"blocks":[{"kernel":3,"expand":3}]},{"width":1,"blocks":[{"kernel":5,"expand":4}]},{"width":1,"blocks":[{"kernel":3,"expand":3}]}]}""";
        Assert.True(ArchitectureReader.Read(Encoding.UTF8.GetBytes(Text), Space, "a.json").Succeeded);

        var found = Assert.Single(ArchitectureReader.Read(Encoding.UTF8.GetBytes(Text.Replace(old, with)), Space, "a.json").Diagnostics);

        Assert.Equal("MCU8008", found.Id);
        Assert.Contains(reason, found.Message, System.StringComparison.Ordinal);
    }
}
