using System.Collections.Immutable;
using System.Linq;
using McuNet.Search.PaperFigures;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.PaperFigures;

/// <summary>MobileNetV2 1.0 at 224 as a point of a space: residuals by its own rule, a head of 1280 channels.</summary>
public sealed class ActivationsTests
{
    private static readonly ImmutableArray<NetworkLayer> MobileNetV2 = Layers();

    /// <summary>300.8 million with the classifier, batch normalisation and additions not counted.</summary>
    [Fact]
    public void Macs_MobileNetV2_ArePublished() => Assert.Equal(300_774_272, MobileNetV2.Sum(l => l.Macs));

    /// <summary>Expansion of the second block: 112 x 112 x (16 + 96).</summary>
    [Fact]
    public void InPlacePeak_MobileNetV2_Is1372Kilobytes() => Assert.Equal(1372 * 1024, Activations.InPlacePeak(MobileNetV2));

    /// <summary>Its depthwise layer: 112 x 112 x 96 in, 56 x 56 x 96 out, no residual.</summary>
    [Fact]
    public void PaperPeak_MobileNetV2_CountsBothSidesOfTheDepthwiseLayer() =>
        Assert.Equal((112 * 112 + 56 * 56) * 96, Activations.PaperPeak(MobileNetV2));

    /// <summary>stem, then the blocks: kilobytes with the depthwise layer in place and the residual's source kept.</summary>
    [Fact]
    public void InPlacePeak_BlocksOfMobileNetV2_AreThePublishedOnes()
    {
        var blocks = MobileNetV2
            .Where(l => l.Role != LayerRole.Classifier)
            .GroupBy(l => l.Name[..(l.Name.LastIndexOf('.') is > 0 and var dot ? dot : l.Name.Length)])
            .Select(g => Activations.InPlacePeak(g) / 1024)
            .ToArray();

        Assert.Equal([539, 588, 1372], blocks.Take(3));
        Assert.All(blocks.Skip(8), b => Assert.InRange(b, 0, 172));
    }

    [Fact]
    public void PaperPeak_ResidualBlock_CountsItsInput()
    {
        var layer = new NetworkLayer("d", LayerRole.Depthwise, 10, 24, 10, 24, 3, 1, Residual: true, BlockInput: 8);

        Assert.Equal(100 * (24 + 24 + 8), Activations.PaperPeak([layer]));
        Assert.Equal(100 * (24 + 8), Activations.InPlacePeak([layer]));
    }

    private static ImmutableArray<NetworkLayer> Layers()
    {
        (int Out, int Stride, int Depth)[] stages = [(24, 2, 2), (32, 2, 3), (64, 2, 4), (96, 1, 3), (160, 2, 3), (320, 1, 1)];
        var space = SpacePresets.Find("mbv2-like").Value with
        {
            HeadOut = 1280,
            Residual = ResidualRule.StrideOneEqual,
            Stages = [.. stages.Select(s => new Stage(s.Out, s.Stride, [s.Depth], [3], [6], [1.0]))],
        };
        return NetworkLayer.Of(space, Sampling.Uniform(space, 224, 1.0, new SplitMix64(0)));
    }
}
