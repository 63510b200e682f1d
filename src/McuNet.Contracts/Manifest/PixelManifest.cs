namespace McuNet.Manifest;

/// <summary>How bytes of an image become elements of an input: the real value of a byte is <c>byte * Gains[c] + Offsets[c]</c> in
/// float32.</summary>
public sealed record PixelManifest
{
    /// <summary>What bytes stand for, such as <c>0..1</c>.</summary>
    public required string Range { get; init; }

    /// <summary>Whether the application said so, rather than the quantisation of the input.</summary>
    public bool Given { get; init; }

    /// <summary>By channel.</summary>
    public required EquatableArray<float> Gains { get; init; }

    /// <summary>By channel.</summary>
    public required EquatableArray<float> Offsets { get; init; }

    /// <summary>What is added to a byte to store it, where that is all; else null.</summary>
    public int? Shift { get; init; }
}
