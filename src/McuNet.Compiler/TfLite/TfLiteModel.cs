using System;
using System.Collections.Immutable;

namespace McuNet.Compiler.TfLite;

/// <summary>Element types by their number in the format (TensorType).</summary>
internal enum TfLiteType
{
    Float32 = 0,
    Float16 = 1,
    Int32 = 2,
    UInt8 = 3,
    Int64 = 4,
    String = 5,
    Bool = 6,
    Int16 = 7,
    Complex64 = 8,
    Int8 = 9,
    Float64 = 10,
    Complex128 = 11,
    UInt64 = 12,
    Resource = 13,
    Variant = 14,
    UInt32 = 15,
    UInt16 = 16,
    Int4 = 17,
    BFloat16 = 18,
    Int2 = 19,
    UInt4 = 20,
    Float8E4M3FN = 21,
    Float8E5M2 = 22,
}

internal static class TfLiteTypes
{
    /// <summary>Bytes of one element, 0 for types that are not stored one by one in whole bytes.</summary>
    public static int Size(this TfLiteType type) =>
        type switch
        {
            TfLiteType.UInt8 or TfLiteType.Int8 or TfLiteType.Bool => 1,
            TfLiteType.Float16 or TfLiteType.Int16 or TfLiteType.UInt16 or TfLiteType.BFloat16 => 2,
            TfLiteType.Float32 or TfLiteType.Int32 or TfLiteType.UInt32 => 4,
            TfLiteType.Int64 or TfLiteType.UInt64 or TfLiteType.Float64 => 8,
            _ => 0,
        };
}

/// <summary>A TFLite file as it stands: numbers of the wire, without meaning. Invariant: every index leads to something.</summary>
internal sealed record TfLiteModel(string Description, ImmutableArray<TfLiteGraph> Graphs);

/// <param name="Inputs">Numbers of tensors, as <paramref name="Outputs"/> are.</param>
internal sealed record TfLiteGraph(
    string Name,
    ImmutableArray<TfLiteTensor> Tensors,
    ImmutableArray<int> Inputs,
    ImmutableArray<int> Outputs,
    ImmutableArray<TfLiteNode> Nodes
);

/// <summary>A tensor. Invariant: <see cref="Data"/> holds exactly the elements that the dimensions call for, where those are stored in
/// whole bytes.</summary>
/// <param name="Name">As the file has it: it may be empty, or that of another tensor too.</param>
/// <param name="Dims">None negative.</param>
/// <param name="Signature">Dimensions with -1 for those without a fixed size; empty where the file gives none.</param>
/// <param name="Data">Of a constant its elements, else null.</param>
/// <param name="Elsewhere">What holds the elements instead, else null.</param>
internal sealed record TfLiteTensor(
    int Index,
    string Name,
    TfLiteType Type,
    ImmutableArray<int> Dims,
    ImmutableArray<int> Signature,
    TfLiteQuantization? Quantization,
    ReadOnlyMemory<byte>? Data,
    string? Elsewhere
)
{
    public bool IsConstant => Data is not null || Elsewhere is not null;

    /// <summary>Whether integers stand for real numbers.</summary>
    public bool IsQuantized =>
        Quantization is not null && Type is TfLiteType.Int8 or TfLiteType.UInt8 or TfLiteType.Int16 or TfLiteType.Int32 or TfLiteType.Int64;

    /// <summary>Name and number, by which diagnostics and people find it.</summary>
    public string Label => Name.Length > 0 ? $"{Name} (tensor {Index})" : $"tensor {Index}";
}

/// <summary>What integers stand for: scale x (q - zero point).</summary>
/// <param name="Scales">One, or one for each index of <paramref name="Axis"/>.</param>
/// <param name="ZeroPoints">As many as scales, or one.</param>
/// <param name="IsOfBlocks">Whether scales are kept some other way, which is not read.</param>
internal sealed record TfLiteQuantization(ImmutableArray<float> Scales, ImmutableArray<long> ZeroPoints, int Axis, bool IsOfBlocks);

/// <summary>An operator application.</summary>
/// <param name="Code">Of a builtin operator its number, <see cref="TfLiteBuiltins.Custom"/> of others.</param>
/// <param name="Custom">Of a custom operator its name.</param>
/// <param name="Inputs">Numbers of tensors; -1 for an optional input that is left out.</param>
/// <param name="Options">Null where the operator has none that are known.</param>
internal sealed record TfLiteNode(
    int Index,
    int Code,
    string Custom,
    int Version,
    ImmutableArray<int> Inputs,
    ImmutableArray<int> Outputs,
    FlatTable? Options
)
{
    public string Operator => Code == TfLiteBuiltins.Custom ? Custom : TfLiteBuiltins.Name(Code);

    /// <summary>What diagnostics and generated code call it: its operator and its place in the file.</summary>
    public string Label => $"{Operator}_{Index}";
}
