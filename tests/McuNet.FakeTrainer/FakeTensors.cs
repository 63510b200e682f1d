using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using McuNet.Search.Spaces;

namespace McuNet.FakeTrainer;

/// <summary>Seeded random tensors as safetensors.</summary>
internal static class FakeTensors
{
    public static void WriteNetwork(string path, SearchSpace space, Architecture architecture, int seed)
    {
        var random = new Random(seed);
        var tensors = new List<(string Name, int[] Shape, byte[] Data)>();
        foreach (var layer in NetworkLayer.Of(space, architecture))
        {
            var shape =
                layer.Role == LayerRole.Classifier
                    ? new[] { layer.OutChannels, layer.InChannels }
                    : [layer.OutChannels, layer.IsDepthwise ? 1 : layer.InChannels, layer.Kernel, layer.Kernel];
            var scale = Math.Sqrt(2.0 / layer.Taps);
            tensors.Add((layer.Name + ".weight", shape, Floats(layer.Weights, () => (float)(scale * (2 * random.NextDouble() - 1)))));
            tensors.Add(
                (layer.Name + ".bias", [layer.OutChannels], Floats(layer.OutChannels, () => (float)(0.1 * (2 * random.NextDouble() - 1))))
            );
        }
        Write(path, tensors, "F32");
    }

    /// <summary>Grey noise and labels in turn.</summary>
    public static void WriteImages(string path, int count, int channels, int side, int classes, int seed)
    {
        var random = new Random(seed);
        var labels = new byte[8 * count];
        for (var i = 0; i < count; i++)
            BitConverter.TryWriteBytes(labels.AsSpan(8 * i), (long)(i % classes));
        var images = Floats((long)count * channels * side * side, () => (random.Next(256) - 128) / 128f);
        Write(path, [("x", [count, channels, side, side], images), ("y", [count], labels)], "F32");
    }

    private static byte[] Floats(long count, Func<float> next)
    {
        var data = new byte[4 * count];
        for (var i = 0; i < count; i++)
            BitConverter.TryWriteBytes(data.AsSpan(4 * i), next());
        return data;
    }

    private static void Write(string path, List<(string Name, int[] Shape, byte[] Data)> tensors, string type)
    {
        var header = new Dictionary<string, object>();
        var offset = 0L;
        foreach (var (name, shape, data) in tensors)
        {
            header[name] = new
            {
                dtype = name == "y" ? "I64" : type,
                shape,
                data_offsets = new[] { offset, offset + data.Length },
            };
            offset += data.Length;
        }
        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        using var file = File.Create(path);
        file.Write(BitConverter.GetBytes((ulong)text.Length));
        file.Write(text);
        foreach (var (_, _, data) in tensors)
            file.Write(data);
    }
}
