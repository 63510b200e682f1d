using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Search.Spaces;

namespace McuNet.Search.PaperFigures;

/// <summary>Which activations a published device model counts.</summary>
public enum ActivationRule
{
    /// <summary><see cref="Activations.PaperPeak"/>.</summary>
    Paper,

    /// <summary><see cref="Activations.InPlacePeak"/> and the buffers of the convolution kernels.</summary>
    InPlaceWithBuffers,
}

/// <summary>
/// SRAM and flash of a network as models of the publications have them: simple formulas fitted to TinyEngine. They describe that engine,
/// not this compiler, and serve to reproduce published tables.
/// </summary>
public sealed record DeviceModel
{
    private const int Buffers = 3;

    /// <summary>Bytes of an element of the buffers.</summary>
    private const int BufferElement = sizeof(short);

    public required ActivationRule Activations { get; init; }

    /// <summary>Bits of a weight and of an activation.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>Flash of bias and scale per output channel.</summary>
    public int ChannelBytes { get; init; }

    /// <summary>Flash of the engine's code.</summary>
    public int CodeBytes { get; init; }

    /// <summary>Whether the weights of the classifier count as flash.</summary>
    public bool CountsClassifier { get; init; } = true;

    /// <summary>
    /// TinyEngine, fitted to nine released networks: in-place activations and three times the largest im2col buffer; weights, 8 bytes per
    /// output channel, 110 kB of code.
    /// </summary>
    public static DeviceModel TinyEngine(int bits) =>
        new()
        {
            Activations = ActivationRule.InPlaceWithBuffers,
            Bits = bits,
            ChannelBytes = 8,
            CodeBytes = 110 * 1024,
        };

    public long SramBytes(ImmutableArray<NetworkLayer> layers) =>
        Activations == ActivationRule.Paper
            ? PaperFigures.Activations.PaperPeak(layers) * Bits / 8
            : PaperFigures.Activations.InPlacePeak(layers) * Bits / 8 + Buffers * layers.Max(BufferBytes);

    public long FlashBytes(IEnumerable<NetworkLayer> layers) =>
        layers
            .Where(l => CountsClassifier || l.Role != LayerRole.Classifier)
            .Sum(l => l.Weights * Bits / 8 + (long)ChannelBytes * l.OutChannels) + CodeBytes;

    /// <summary>One window of all input channels; of a depthwise layer one padded channel. 16 bits an element.</summary>
    private static long BufferBytes(NetworkLayer layer) =>
        BufferElement * (layer.IsDepthwise ? (long)(layer.InSide + 2 * layer.Padding) * (layer.InSide + 2 * layer.Padding) : layer.Taps);
}
