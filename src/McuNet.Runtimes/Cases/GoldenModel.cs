using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Runtimes.Cases;

/// <summary>Inputs and expected outputs of a model, as a case folder states them. Tensors are in ONNX order (NCHW).</summary>
/// <param name="OnnxPath">Path of the model as written in the file (relative to the folder two above), or null.</param>
public sealed record GoldenModel(
    string Name,
    string? OnnxPath,
    ImmutableArray<GoldenTensor> Inputs,
    ImmutableArray<GoldenTensor> Outputs,
    ImmutableArray<GoldenCase> Cases
)
{
    /// <summary>Whether each case goes on where the one before ended: then inputs that are states hold what they are by the model's
    /// meaning.</summary>
    public bool IsStream { get; init; }

    /// <summary>The same cases with the inputs at some places as real numbers, where they are stored as integers with a scale.</summary>
    public GoldenModel WithRealInputs(Func<int, bool> isReal)
    {
        var changed = Inputs
            .Select((t, i) => isReal(i) && t is { Scale: not null, Graph: OnnxElementType.Float32 } && t.Stored != t.Graph)
            .ToArray();
        return this with
        {
            Inputs = [.. Inputs.Select((t, i) => changed[i] ? t with { Stored = t.Graph, Scale = null, ZeroPoint = 0 } : t)],
            Cases = [.. Cases.Select(c => c with { Inputs = [.. c.Inputs.Select((b, i) => changed[i] ? Inputs[i].ToGraph(b).Data : b)] })],
        };
    }

    /// <summary>The inputs of a case as the graph takes them.</summary>
    public IReadOnlyList<OnnxTensor> GraphInputs(GoldenCase @case) => [.. Inputs.Select((tensor, i) => tensor.ToGraph(@case.Inputs[i]))];
}

/// <summary>How one input or output is stored.</summary>
/// <param name="Stored">Element type: Int8 or UInt8 for quantised values, Int32 for numbers that files and graph have as Int64, UInt8 for
/// truth values, else the graph's own type.</param>
/// <param name="Graph">Element type in the graph: Float32 where a quantised model has float inputs or outputs.</param>
/// <param name="Scale">Real value of one step of the stored integers; null where the stored values are real.</param>
/// <param name="ZeroPoint">The stored integer that means 0.</param>
public sealed record GoldenTensor(
    string Name,
    ImmutableArray<int> Dims,
    OnnxElementType Stored,
    OnnxElementType Graph,
    float? Scale,
    int ZeroPoint
)
{
    public int Elements => Dims.Aggregate(1, (product, d) => product * d);

    public int StoredBytes => Elements * Stored.Bytes();

    /// <summary>Whether it is a number of something, such as ArgMax gives.</summary>
    public bool IsNumber => Graph == OnnxElementType.Int64 && Stored == OnnxElementType.Int32;

    /// <summary>Whether it holds truth values, bytes 0 and 1.</summary>
    public bool IsTruth => Graph == OnnxElementType.Bool && Stored == OnnxElementType.UInt8;

    /// <summary>Elements of int64 as int32.</summary>
    /// <exception cref="FormatException">One of them needs more bits.</exception>
    public static byte[] Numbers(byte[] stored) =>
        MemoryMarshal
            .AsBytes(
                MemoryMarshal
                    .Cast<byte, long>(stored)
                    .ToArray()
                    .Select(v =>
                        v is >= int.MinValue and <= int.MaxValue ? (int)v : throw new FormatException($"{v} is no number of 32 bits")
                    )
                    .ToArray()
                    .AsSpan()
            )
            .ToArray();

    /// <summary>The value to feed the graph: stored bytes as they are, numbers as int64, or (q - zero point) * scale in float32.</summary>
    public OnnxTensor ToGraph(byte[] stored)
    {
        var dims = Dims.Select(d => (long)d).ToImmutableArray();
        if (Stored == Graph)
            return new OnnxTensor(Name, Stored, dims, stored);
        if (IsNumber)
            return new OnnxTensor(
                Name,
                Graph,
                dims,
                MemoryMarshal.AsBytes(MemoryMarshal.Cast<byte, int>(stored).ToArray().Select(v => (long)v).ToArray().AsSpan()).ToArray()
            );
        if (IsTruth)
            return new OnnxTensor(Name, Graph, dims, stored);
        if (Graph != OnnxElementType.Float32 || Scale is not { } scale || Stored is not (OnnxElementType.Int8 or OnnxElementType.UInt8))
            throw new InvalidOperationException($"'{Name}' cannot be converted from {Stored} to {Graph}");
        var values = stored.Select(b => ((Stored == OnnxElementType.Int8 ? (sbyte)b : b) - ZeroPoint) * scale).ToArray();
        return OnnxTensor.Float(Name, dims, values);
    }

    /// <summary>The stored form of what the graph gave: bytes as they are, numbers as int32, or floats rounded half to even and
    /// saturated.</summary>
    public byte[] FromGraph(OnnxTensor value)
    {
        if (value.ElementType == Stored || (IsTruth && value.ElementType == Graph))
            return value.Data;
        if (IsNumber && value.ElementType == OnnxElementType.Int64)
            return Numbers(value.Data);
        if (Scale is not { } scale || Stored is not (OnnxElementType.Int8 or OnnxElementType.UInt8))
            throw new InvalidOperationException($"'{Name}' cannot be converted from {value.ElementType} to {Stored}");
        var (low, high) = Stored == OnnxElementType.Int8 ? (sbyte.MinValue, sbyte.MaxValue) : ((int)byte.MinValue, (int)byte.MaxValue);
        var bytes = new byte[Elements];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = unchecked(
                (byte)(int)Math.Clamp(MathF.Round(value.Floats[i] / scale, MidpointRounding.ToEven) + ZeroPoint, low, high)
            );
        return bytes;
    }
}

/// <summary>A tensor inside the graph for one case, with optimisations disabled: what a QuantizeLinear gave, or an input.</summary>
/// <param name="Producer">Operator before the QuantizeLinear, as the file says.</param>
public sealed record GoldenLayer(string Tensor, ImmutableArray<int> Dims, OnnxElementType Type, string Producer, byte[] Data);

/// <summary>One set of stored inputs with the outputs that ONNX Runtime gave.</summary>
/// <param name="Outputs">At the default optimisation level: the reference.</param>
/// <param name="OutputsUnoptimised">With optimisations disabled; the same bytes where nothing differs.</param>
/// <param name="Top1">Index of the largest element of each output; empty where the file has none.</param>
public sealed record GoldenCase(
    string Name,
    ImmutableArray<byte[]> Inputs,
    ImmutableArray<byte[]> Outputs,
    ImmutableArray<byte[]> OutputsUnoptimised,
    ImmutableArray<int> Top1
);
