using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Search.Spaces;

namespace McuNet.Search.Export;

/// <summary>Weights and bias of a layer as trained, batch normalisation folded.</summary>
/// <param name="Weights">[out, in, height, width]; in is 1 for a depthwise layer; [classes, features] of the classifier.</param>
/// <param name="Bias">[out].</param>
public sealed record TrainedLayer(NetworkLayer Layer, FloatArray Weights, FloatArray Bias);

/// <summary>The trained layers of a network, in order.</summary>
/// <remarks>Invariant: as many as <see cref="NetworkLayer.Of"/> lists, each with the extents its layer calls for, all numbers
/// finite.</remarks>
public sealed record NetworkWeights
{
    private NetworkWeights(ImmutableArray<TrainedLayer> layers) => Layers = layers;

    public ImmutableArray<TrainedLayer> Layers { get; }

    /// <summary>
    /// Reads the weights of a network from a safetensors file with <c>NAME.weight</c> and <c>NAME.bias</c> for every layer. Errors:
    /// MCU8060, no such file; MCU8061, weights of another network.
    /// </summary>
    public static StageResult<NetworkWeights> Read(
        ReadOnlyMemory<byte> file,
        SearchSpace space,
        Architecture architecture,
        string sourceName
    )
    {
        IReadOnlyDictionary<string, FloatArray> tensors;
        try
        {
            tensors = FloatArray.ReadAll(file);
        }
        catch (FormatException problem)
        {
            return Failure(Diagnostic.Create(DiagnosticCatalog.WeightsUnreadable, sourceName, problem.Message));
        }
        var layers = NetworkLayer.Of(space, architecture);
        var faults = layers.SelectMany(l => Faults(l, tensors)).ToArray();
        if (faults.Length > 0)
            return Failure(
                Diagnostic.Create(DiagnosticCatalog.WeightsOfAnotherNetwork, sourceName, architecture.Hash(), faults[0], faults.Length)
            );
        return StageResult<NetworkWeights>.Success(
            new([.. layers.Select(l => new TrainedLayer(l, tensors[l.Name + ".weight"], tensors[l.Name + ".bias"]))])
        );

        StageResult<NetworkWeights> Failure(Diagnostic diagnostic) =>
            StageResult<NetworkWeights>.Failure(diagnostic with { Location = new SourceLocation(sourceName) });
    }

    /// <summary>Extents of a layer's weights in the file.</summary>
    internal static ImmutableArray<long> WeightDims(NetworkLayer layer) =>
        layer.Role switch
        {
            LayerRole.Classifier => [layer.OutChannels, layer.InChannels],
            LayerRole.Depthwise => [layer.OutChannels, 1, layer.Kernel, layer.Kernel],
            _ => [layer.OutChannels, layer.InChannels, layer.Kernel, layer.Kernel],
        };

    private static IEnumerable<string> Faults(NetworkLayer layer, IReadOnlyDictionary<string, FloatArray> tensors)
    {
        foreach (var (name, dims) in new[] { (layer.Name + ".weight", WeightDims(layer)), (layer.Name + ".bias", [layer.OutChannels]) })
        {
            if (!tensors.TryGetValue(name, out var tensor))
                yield return $"'{name}' is missing";
            else if (!tensor.Dims.SequenceEqual(dims))
                yield return $"'{name}' is [{string.Join(", ", tensor.Dims)}] instead of [{string.Join(", ", dims)}]";
            else if (!tensor.Values.ToArray().All(float.IsFinite))
                yield return $"'{name}' holds numbers that are not finite";
        }
    }
}
