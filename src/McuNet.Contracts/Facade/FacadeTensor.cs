using System.Collections.Generic;
using System.Linq;
using McuNet.Manifest;

namespace McuNet.Facade;

/// <summary>An input or output together with the names its members get.</summary>
internal sealed record FacadeTensor(TensorManifest Tensor, string Kind, int Index, int Count)
{
    /// <summary><c>1</c> for the second of several inputs; empty for the only one.</summary>
    public string Suffix => Count == 1 ? string.Empty : $"{Index}";

    /// <summary>Member prefixes: <c>Input</c>; or <c>Input0</c> and <c>Input</c> for the first of several.</summary>
    public IReadOnlyList<string> Prefixes =>
        Count == 1 ? [Kind]
        : Index == 0 ? [Kind + "0", Kind]
        : [Kind + Suffix];

    /// <summary>Suffixes of methods that are not named after the tensor.</summary>
    public IReadOnlyList<string> Suffixes =>
        Count == 1 ? [string.Empty]
        : Index == 0 ? ["0", string.Empty]
        : [Suffix];

    public bool IsFloat => Tensor.Type == ElementType.Float32;

    /// <summary>Whether its elements are integers that stand for themselves.</summary>
    public bool IsNumber => Tensor.Type == ElementType.Int32;

    /// <summary>C# type of one element.</summary>
    public string Type =>
        Tensor.Type switch
        {
            ElementType.Int8 => "sbyte",
            ElementType.UInt8 => "byte",
            ElementType.Int32 => "int",
            _ => "float",
        };

    public (int Low, int High) Range => Tensor.Type == ElementType.UInt8 ? (0, 255) : (-128, 127);

    public int Bytes => Tensor.Elements * ElementBytes;

    public int RowElements => Tensor.Width * Tensor.Channels;

    public int RowBytes => RowElements * ElementBytes;

    public string ShapeText => $"{Tensor.Height} x {Tensor.Width} x {Tensor.Channels}";

    private int ElementBytes => IsFloat || IsNumber ? 4 : 1;

    public static IReadOnlyList<FacadeTensor> All(string kind, EquatableArray<TensorManifest> tensors) =>
        [.. tensors.Select((t, i) => new FacadeTensor(t, kind, i, tensors.Count))];
}
