using System.Linq;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Evolution;

public sealed class VariationTests
{
    public static TheoryData<string> Presets => [.. SpacePresets.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Children_OfAnyParents_BelongToTheSpace(string preset)
    {
        var space = SpacePresets.Find(preset).Value;
        var random = new SplitMix64(3);
        for (var i = 0; i < 300; i++)
        {
            var (first, second) = (Sampling.Uniform(space, random), Sampling.Uniform(space, random));
            Assert.Null(Membership.WhyNot(space, Variation.Mutate(space, first, 0.3, random)));
            Assert.Null(Membership.WhyNot(space, Variation.Cross(space, first, second, random)));
        }
    }

    [Fact]
    public void Mutate_WithoutProbability_IsTheParent()
    {
        var space = SpacePresets.Find("cifar").Value;
        var random = new SplitMix64(4);
        var parent = Sampling.Uniform(space, random);

        Assert.Equal(parent, Variation.Mutate(space, parent, 0, random));
    }

    [Fact]
    public void Cross_OfANetworkWithItself_IsThatNetwork()
    {
        var space = SpacePresets.Find("cifar").Value;
        var random = new SplitMix64(5);
        var parent = Sampling.Uniform(space, random);

        Assert.Equal(parent, Variation.Cross(space, parent, parent, random));
    }
}
