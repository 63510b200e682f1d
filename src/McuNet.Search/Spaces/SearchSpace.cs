using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace McuNet.Search.Spaces;

/// <summary>What follows every convolution except the last of a block.</summary>
public enum Activation
{
    Relu6,
    Relu,
}

/// <summary>Which blocks add their input to their output.</summary>
public enum ResidualRule
{
    /// <summary>All but the first block of a stage.</summary>
    AfterFirst,

    /// <summary>Every block with stride 1 and as many channels out as in, MobileNetV2's own rule.</summary>
    StrideOneEqual,
}

/// <summary>The convolution on the image.</summary>
public sealed record Stem(int Out, int Kernel, int Stride);

/// <summary>The block after the stem: depthwise and projection, no expansion.</summary>
/// <param name="Kernel">The kernels to choose from.</param>
public sealed record FirstBlock(int Out, ImmutableArray<int> Kernel, int Stride);

/// <summary>A run of inverted residual blocks; the first has the stage's stride. Each list holds what may be chosen, per stage or per
/// block.</summary>
/// <param name="Out">Output channels before any width multiplier.</param>
/// <param name="Depth">Numbers of blocks; 0 leaves the stage out.</param>
/// <param name="Kernel">Per block.</param>
/// <param name="Expand">Per block: expanded channels per input channel.</param>
/// <param name="Width">Multipliers of <paramref name="Out"/> on top of the network's.</param>
public sealed record Stage(
    int Out,
    int Stride,
    ImmutableArray<int> Depth,
    ImmutableArray<int> Kernel,
    ImmutableArray<int> Expand,
    ImmutableArray<double> Width
);

/// <summary>
/// A family of networks made of inverted residual blocks, over which resolution and width multiplier vary too.
/// </summary>
/// <remarks>Invariant: as <see cref="SpaceReader"/> checks; no list is empty, kernels are odd, a stage that may be left out is the last and
/// has stride 1.</remarks>
public sealed record SearchSpace
{
    public required string Name { get; init; }

    /// <summary>Sides of the square input, ascending.</summary>
    public required ImmutableArray<int> Resolutions { get; init; }

    /// <summary>Width multipliers of the whole network, ascending.</summary>
    public required ImmutableArray<double> Widths { get; init; }

    public required int InputChannels { get; init; }

    public required int Classes { get; init; }

    public required ChannelRounding Rounding { get; init; }

    public required Activation Activation { get; init; }

    public required Stem Stem { get; init; }

    public required FirstBlock First { get; init; }

    public required ImmutableArray<Stage> Stages { get; init; }

    /// <summary>Channels of the 1x1 convolution before pooling; 0 where the classifier reads the last stage.</summary>
    public required int HeadOut { get; init; }

    public required ResidualRule Residual { get; init; }

    /// <summary>Networks of one resolution and one width.</summary>
    public BigInteger NetworksPerScale =>
        Stages.Aggregate(new BigInteger(First.Kernel.Length), (product, stage) => product * ChoicesOf(stage));

    /// <summary>Networks of all resolutions and widths.</summary>
    public BigInteger Networks => NetworksPerScale * Resolutions.Length * Widths.Length;

    /// <summary>A number of networks in words: in full below a million, else as <c>2.3e21</c>.</summary>
    public static string Words(BigInteger networks)
    {
        if (networks < 1_000_000)
            return networks.ToString("N0", CultureInfo.InvariantCulture);
        var parts = networks.ToString("E1", CultureInfo.InvariantCulture).Split("E+");
        return $"{parts[0]}e{parts[1].TrimStart('0')}";
    }

    private static BigInteger ChoicesOf(Stage stage)
    {
        var blocks = new BigInteger(stage.Kernel.Length) * stage.Expand.Length;
        return stage.Depth.Aggregate(
            BigInteger.Zero,
            (sum, depth) => sum + (depth == 0 ? BigInteger.One : stage.Width.Length * BigInteger.Pow(blocks, depth))
        );
    }
}
