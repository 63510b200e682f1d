using McuNet.Compiler.Quantization;
using McuNet.Search.Spaces;

namespace McuNet.Search.Export;

/// <summary>A trained network, where the trainer has put its weights and images, and how to quantise it.</summary>
public sealed record ExportRequest
{
    public required SearchSpace Space { get; init; }

    public required Architecture Architecture { get; init; }

    /// <summary>Seed of the search, for the file's metadata.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Safetensors with the folded weights.</summary>
    public required string WeightsFile { get; init; }

    /// <summary>Images of the training split, as <see cref="TrainerImages"/> reads them.</summary>
    public required string CalibrationFile { get; init; }

    /// <summary>Images to measure accuracy on, or null.</summary>
    public string? TestFile { get; init; }

    public QuantizationOptions Quantization { get; init; } = new();
}
