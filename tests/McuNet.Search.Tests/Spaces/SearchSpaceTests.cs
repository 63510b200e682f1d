using System.Linq;
using System.Numerics;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Spaces;

public sealed class SearchSpaceTests
{
    /// <summary>12 resolutions, 9 widths; five stages of 9^2 + 9^3 + 9^4 networks: the published 2.2e19.</summary>
    [Fact]
    public void NetworksPerScale_PaperSpace_CountsEveryChoice()
    {
        var space = SpacePresets.Find("mbv2-like").Value;

        Assert.Equal(108, space.Resolutions.Length * space.Widths.Length);
        Assert.Equal(BigInteger.Pow(81 + 729 + 6561, 5), space.NetworksPerScale);
        Assert.Equal(space.NetworksPerScale * 108, space.Networks);
    }

    /// <summary>3.34e25, as facts about the published table state.</summary>
    [Fact]
    public void NetworksPerScale_PrincipledTableSpace_IsThePublishedReading() =>
        Assert.Equal(
            "3.34E+025",
            SpacePresets
                .Find("paper-table-principled")
                .Value.NetworksPerScale.ToString("E2", System.Globalization.CultureInfo.InvariantCulture)
        );

    [Fact]
    public void NetworksPerScale_SmallSpace_EqualsEnumeration()
    {
        var space = SpacePresets.Find("digits").Value;
        var random = new SplitMix64(1);
        var seen = Enumerable.Range(0, 900_000).Select(_ => Sampling.Uniform(space, 16, 1.0, random)).ToHashSet();

        Assert.Equal((6 + 36) * (6 + 36) * (1 + 6), (int)space.NetworksPerScale);
        Assert.Equal((int)space.NetworksPerScale, seen.Count);
    }

    [Theory]
    [InlineData(32 * 0.5, 16)]
    [InlineData(24 * 0.5, 16)]
    [InlineData(320 * 0.3, 96)]
    [InlineData(16 * 0.2, 8)]
    [InlineData(96 * 0.2, 24)]
    public void Round_MobileNetRule_GivesThePublishedChannels(double wish, int channels) =>
        Assert.Equal(channels, new ChannelRounding(8, 8, 0.9).Round(wish));

    [Theory]
    [InlineData("7", "7")]
    [InlineData("999999", "999,999")]
    [InlineData("1000000", "1.0e6")]
    [InlineData("2340000000000000000000", "2.3e21")]
    public void Words_OfANumberOfNetworks_AreShort(string number, string words) =>
        Assert.Equal(words, SearchSpace.Words(System.Numerics.BigInteger.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));
}
