using System;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Execution.Samples;
using McuNet.Runtimes.Cases;

namespace McuNet.Execution.Quantization;

/// <summary>Values of inputs and outputs between ONNX (real numbers, channels first) and generated code (as stored, channels
/// last).</summary>
public static class PortValues
{
    /// <summary>Real numbers in ONNX order as the generated code takes them.</summary>
    public static byte[] Stored(NetworkGraph graph, GraphPort port, ReadOnlySpan<float> values)
    {
        var type = graph[port.Tensor].Type;
        var bytes =
            type.IsQuantized ? Rounded(type, values)
            : type.Element == ElementType.Int32 ? Whole(values)
            : MemoryMarshal.AsBytes(values).ToArray();
        return port.StoredOrder
            ? bytes
            : TensorLayout.ToNhwc(bytes, [1, type.Shape.Channels, type.Shape.Height, type.Shape.Width], type.Element.Size());
    }

    /// <summary>What the generated code gives as numbers in ONNX order: integers where it is quantised.</summary>
    public static float[] Numbers(NetworkGraph graph, GraphPort port, byte[] stored)
    {
        var type = graph[port.Tensor].Type;
        var bytes = port.StoredOrder
            ? stored
            : TensorLayout.ToNchw(stored, [1, type.Shape.Channels, type.Shape.Height, type.Shape.Width], type.Element.Size());
        return type.Element switch
        {
            ElementType.Int8 => [.. bytes.Select(b => (float)(sbyte)b)],
            ElementType.UInt8 => [.. bytes.Select(b => (float)b)],
            ElementType.Int32 => [.. MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(i => (float)i)],
            _ => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        };
    }

    /// <summary>What the generated code gives as the real numbers that it stands for, in ONNX order.</summary>
    public static float[] Reals(NetworkGraph graph, GraphPort port, byte[] stored)
    {
        var (type, numbers) = (graph[port.Tensor].Type, Numbers(graph, port, stored));
        return type.Quantization is { } q ? [.. numbers.Select(q.Real)] : numbers;
    }

    /// <summary>A sample as the generated code takes it.</summary>
    public static byte[] Stored(NetworkGraph graph, GraphPort port, SampleSet samples, int index)
    {
        var values = samples[index];
        if (!samples.AreElements)
            return Stored(graph, port, values);
        var type = graph[port.Tensor].Type;
        return Stored(graph, port, type.Quantization is { } q ? [.. values.Select(q.Real)] : values);
    }

    /// <summary>Real numbers in the terms of <see cref="Numbers"/>: steps of a quantised output.</summary>
    public static float[] Numbers(NetworkGraph graph, GraphPort port, ReadOnlySpan<float> reals)
    {
        var type = graph[port.Tensor].Type;
        var numbers = reals.ToArray();
        for (var i = 0; i < numbers.Length && type.IsQuantized; i++)
            numbers[i] = MathF.Round(numbers[i] / type.Scale) + type.ZeroPoint;
        return numbers;
    }

    private static byte[] Whole(ReadOnlySpan<float> values) =>
        MemoryMarshal
            .AsBytes(values.ToArray().Select(v => (int)Math.Clamp(Math.Round((double)v), int.MinValue, int.MaxValue)).ToArray().AsSpan())
            .ToArray();

    private static byte[] Rounded(TensorType type, ReadOnlySpan<float> values)
    {
        var (low, high) = type.Element == ElementType.Int8 ? (sbyte.MinValue, sbyte.MaxValue) : ((int)byte.MinValue, (int)byte.MaxValue);
        var bytes = new byte[values.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = unchecked(
                (byte)(int)Math.Clamp(MathF.Round(values[i] / type.Scale, MidpointRounding.ToEven) + type.ZeroPoint, low, high)
            );
        return bytes;
    }
}
