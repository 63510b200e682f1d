using System.Linq;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Spaces;

public sealed class SamplingTests
{
    [Fact]
    public void Next_SeedOfThePaper_GivesItsSequence()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL],
            Enumerable.Range(0, 3).Select(_ => random.Next())
        );
    }

    [Fact]
    public void Below_AnyCount_IsUniform()
    {
        var random = new SplitMix64(3);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Below(7)]++;

        Assert.All(counts, c => Assert.InRange(c, 9_600, 10_400));
    }

    [Fact]
    public void Uniform_SameSeed_SameNetworks_AndAnotherForEveryScale()
    {
        var space = SpacePresets.Find("mbv2-like").Value;
        string[] Draw(int resolution, double width)
        {
            var random = Sampling.Generator(42, resolution, width);
            return [.. Enumerable.Range(0, 20).Select(_ => Sampling.Uniform(space, resolution, width, random).ToJson())];
        }

        Assert.Equal(Draw(160, 0.5), Draw(160, 0.5));
        Assert.Empty(Draw(160, 0.5).Select(Genes).Intersect(Draw(160, 0.6).Select(Genes)));
        static string Genes(string json) => json[json.IndexOf("stages", System.StringComparison.Ordinal)..];
    }

    [Fact]
    public void Uniform_AllPresets_GivesMembers()
    {
        var random = new SplitMix64(9);
        Assert.All(
            SpacePresets.All,
            space =>
                Assert.All(
                    Enumerable.Range(0, 50).Select(_ => Sampling.Uniform(space, random)),
                    a => Assert.Null(Membership.WhyNot(space, a))
                )
        );
    }
}
