using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using McuNet.Search.Export;
using McuNet.Search.Spaces;

namespace McuNet.Search.Tests.Export;

/// <summary>Weights files of networks, seeded: numbers of the size that training leaves.</summary>
internal static class RandomWeights
{
    public static Dictionary<string, (long[] Dims, float[] Values)> Of(SearchSpace space, Architecture architecture, ulong seed)
    {
        var random = new SplitMix64(seed);
        var tensors = new Dictionary<string, (long[], float[])>();
        foreach (var layer in NetworkLayer.Of(space, architecture))
        {
            var deviation = Math.Sqrt((layer.Role == LayerRole.Classifier ? 1.0 : 2.0) / layer.Taps);
            tensors[layer.Name + ".weight"] = ([.. NetworkWeights.WeightDims(layer)], Numbers(layer.Weights, deviation));
            tensors[layer.Name + ".bias"] = ([layer.OutChannels], Numbers(layer.OutChannels, 0.1));
        }
        return tensors;

        float[] Numbers(long count, double deviation) =>
            [.. Enumerable.Range(0, (int)count).Select(_ => (float)(Normal(random) * deviation))];
    }

    public static byte[] File(IReadOnlyDictionary<string, (long[] Dims, float[] Values)> tensors)
    {
        using var body = new MemoryStream();
        var header = new Dictionary<string, object>();
        foreach (var (name, (dims, values)) in tensors)
        {
            var start = body.Length;
            body.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
            header[name] = new
            {
                dtype = "F32",
                shape = dims,
                data_offsets = new[] { start, body.Length },
            };
        }
        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        var length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. body.ToArray()];
    }

    /// <summary>Box and Muller, 1958.</summary>
    private static double Normal(SplitMix64 random) => Math.Sqrt(-2 * Math.Log(1 - random.Unit())) * Math.Cos(2 * Math.PI * random.Unit());
}
