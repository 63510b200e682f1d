namespace McuNet.Manifest;

/// <summary>One input or output of the model as the application sees it.</summary>
/// <remarks>
/// The elements lie in the arena in NHWC order. A real value is <c>(stored - ZeroPoint) * Scale</c>; a
/// <see cref="ElementType.Float32"/> tensor has scale 1 and zero point 0.
/// </remarks>
public sealed record TensorManifest
{
    /// <summary>The name in the ONNX file.</summary>
    public required string Name { get; init; }

    /// <summary>Dimensions in the order of the ONNX file (usually NCHW).</summary>
    public required EquatableArray<int> OnnxDims { get; init; }

    /// <summary>Exactly four dimensions: batch, height, width, channels. Absent ones are 1.</summary>
    public required EquatableArray<int> Nhwc { get; init; }

    public required ElementType Type { get; init; }

    public float Scale { get; init; } = 1;

    public int ZeroPoint { get; init; }

    /// <summary>How bytes of an image are stored in an input; null where that is not known.</summary>
    public PixelManifest? Pixels { get; init; }

    /// <summary>Bytes from the start of the arena. 0 for a streamed tensor, which has no place of its own.</summary>
    public int ByteOffset { get; init; }

    public required int Elements { get; init; }

    /// <summary>The application hands the rows over one by one; the whole tensor is never in the arena.</summary>
    public bool Streamed { get; init; }

    public int Height => Nhwc[1];

    public int Width => Nhwc[2];

    public int Channels => Nhwc[3];
}
