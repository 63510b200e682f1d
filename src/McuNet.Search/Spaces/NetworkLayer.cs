using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace McuNet.Search.Spaces;

public enum LayerRole
{
    Stem,
    Expand,
    Depthwise,
    Project,
    Head,
    Classifier,
}

/// <summary>A layer with weights of a network: a convolution with same padding on square images, or the classifier on the pooled
/// vector.</summary>
/// <param name="Name">As weight files name it: <c>stages.0.blocks.1.expand</c>.</param>
/// <param name="Residual">Whether its block adds its input, of <paramref name="BlockInput"/> channels, to its output.</param>
/// <param name="Expanded">Whether its block begins with an expansion.</param>
public sealed record NetworkLayer(
    string Name,
    LayerRole Role,
    int InSide,
    int InChannels,
    int OutSide,
    int OutChannels,
    int Kernel,
    int Stride,
    bool Residual = false,
    int BlockInput = 0,
    bool Expanded = false
)
{
    public int Padding => (Kernel - 1) / 2;

    /// <summary>Whether its input is the input of a block.</summary>
    public bool OpensBlock => Role == LayerRole.Expand || (IsDepthwise && !Expanded);

    public bool IsDepthwise => Role == LayerRole.Depthwise;

    /// <summary>Products summed per output.</summary>
    public int Taps => Kernel * Kernel * (IsDepthwise ? 1 : InChannels);

    public long Weights => (long)Taps * OutChannels;

    public long Macs => Weights * OutSide * OutSide;

    public long InputBytes => (long)InSide * InSide * InChannels;

    public long OutputBytes => (long)OutSide * OutSide * OutChannels;

    /// <summary>The layers of a network in order; poolings and additions have no weights and are not listed.</summary>
    public static ImmutableArray<NetworkLayer> Of(SearchSpace space, Architecture architecture) => new LayerList(space, architecture).All();

    /// <summary>Identifies what a network computes, whatever the genes that say so: the first 16 hexadecimal digits of the SHA-256 of its
    /// layers.</summary>
    public static string Hash(SearchSpace space, Architecture architecture)
    {
        var text = new StringBuilder(1000);
        foreach (var l in Of(space, architecture))
            text.Append(
                CultureInfo.InvariantCulture,
                $"{l.Role} {l.InSide} {l.InChannels} {l.OutSide} {l.OutChannels} {l.Kernel} {l.Stride} {(l.Residual ? 1 : 0)} {l.BlockInput}\n"
            );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 8);
    }
}
