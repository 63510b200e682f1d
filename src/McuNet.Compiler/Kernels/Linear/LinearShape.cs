using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// What is known of a linear layer before its weights are: enough to choose a kernel and to say what it will cost. A dense layer is a
/// pointwise one over one pixel whose channels are all elements of the input.
/// </summary>
public record LinearShape
{
    public required LinearKind Kind { get; init; }

    public required TensorShape Input { get; init; }

    public required TensorShape Output { get; init; }

    public required Window Window { get; init; }

    /// <summary>Runs of input channels, each of which as many output channels read and no others.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether all weights have zero point 0.</summary>
    public virtual bool IsSymmetric => true;

    /// <summary>Whether weights are kept in four bits, which all of them fit; they have zero point 0 then.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Products summed per output.</summary>
    public int Taps => Window.Taps * (Kind == LinearKind.Depthwise ? 1 : Input.Channels / Groups);

    public int WeightCount => Taps * Output.Channels;

    public bool IsPointwise => Window is { IsPointwise: true, HasPadding: false };
}
