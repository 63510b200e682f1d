namespace McuNet.Compiler.Graph;

/// <summary>
/// Shape of an activation in NHWC order with a batch of one. A vector is 1 x 1 x C, a signal of T samples is T x 1 x C,
/// so that rows are time steps.
/// </summary>
/// <remarks>Invariant: all three are positive.</remarks>
public readonly record struct TensorShape(int Height, int Width, int Channels)
{
    public int Elements => Height * Width * Channels;

    public int RowElements => Width * Channels;

    public static TensorShape Vector(int channels) => new(1, 1, channels);

    public override string ToString() => $"{Height}x{Width}x{Channels}";
}
