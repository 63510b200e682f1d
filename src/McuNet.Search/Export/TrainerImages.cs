using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Search.Spaces;

namespace McuNet.Search.Export;

/// <summary>Image sets as a trainer writes them: safetensors with float32 <c>x</c> [N, C, R, R], as the network sees them, and integer
/// <c>y</c> [N].</summary>
public static class TrainerImages
{
    /// <summary>Error: MCU3008, the file is none, or its images are not those of the network's input.</summary>
    public static StageResult<SampleSet> Read(string path, SearchSpace space, Architecture architecture)
    {
        try
        {
            var arrays = SampleArrays.Read(path);
            var images = arrays.GetValueOrDefault("x") ?? throw new FormatException("there is no array 'x'");
            var labels = arrays.GetValueOrDefault("y") ?? throw new FormatException("there is no array 'y'");
            ImmutableArray<int> dims = [1, space.InputChannels, architecture.Resolution, architecture.Resolution];
            if (
                images.Type != SampleType.Float32
                || images.Dims.Length != dims.Length
                || !images.Dims.Skip(1).SequenceEqual(dims.Skip(1))
                || images.Dims[0] == 0
            )
                throw new FormatException(
                    $"images are {images.Type} [{string.Join(", ", images.Dims)}], not Float32 [N, {string.Join(", ", dims.Skip(1))}]"
                );
            var numbers = labels.Numbers;
            if (numbers.Length != images.Dims[0] || numbers.Any(l => l != Math.Floor(l) || l < 0 || l >= space.Classes))
                throw new FormatException(
                    $"there are {images.Dims[0]} images and {numbers.Length} labels, which must be classes from 0 to {space.Classes - 1}"
                );
            return StageResult<SampleSet>.Success(
                new()
                {
                    Dims = dims,
                    Type = SampleType.Float32,
                    Data = images.Data,
                    Labels = [.. numbers.Select(l => (int)l)],
                }
            );
        }
        catch (Exception problem) when (problem is FormatException or IOException or UnauthorizedAccessException)
        {
            return StageResult<SampleSet>.Failure(
                Diagnostic.Create(DiagnosticCatalog.CalibrationUnreadable, path, space.Name, problem.Message.TrimEnd('.'))
            );
        }
    }
}
