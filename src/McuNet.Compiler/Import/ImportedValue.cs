using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import;

/// <summary>What an ONNX value name stands for while a model is imported.</summary>
internal abstract record ImportedValue(string Name)
{
    /// <summary>Dimensions in ONNX order.</summary>
    public abstract ImmutableArray<int> Dims { get; }
}

/// <summary>What the elements of a value mean in ONNX.</summary>
internal enum ValueKind
{
    /// <summary>Real numbers, or integers that stand for some.</summary>
    Real,

    /// <summary>Whole numbers, which ONNX has as int64, int32, int8 or uint8: in the network real numbers, or bytes in steps of one.</summary>
    Number,

    /// <summary>Truth values: bytes 0 and 1 in steps of one.</summary>
    Truth,
}

/// <summary>
/// A tensor of the network seen through views: transposition, reshaping and padding change how ONNX sees it, not where its elements
/// lie. A view ends where an operator takes it in.
/// </summary>
internal sealed record Activation(string Name, TensorId Tensor, TensorType Type, AxisOrder Axes, ZeroPadding Padding) : ImportedValue(Name)
{
    public override ImmutableArray<int> Dims => Axes.Dims(Padding.Padded(Type.Shape));

    public ValueKind Kind { get; init; }

    /// <summary>Whether its integers are whole numbers themselves, rather than steps of a scale.</summary>
    public bool IsWhole => Kind != ValueKind.Real && Type.IsQuantized;
}

/// <summary>Rows and columns of real zeros around a tensor.</summary>
internal readonly record struct ZeroPadding(int Top, int Left, int Bottom, int Right)
{
    public bool IsNone => (Top | Left | Bottom | Right) == 0;

    public TensorShape Padded(TensorShape shape) => shape with { Height = shape.Height + Top + Bottom, Width = shape.Width + Left + Right };
}

/// <summary>A tensor known at compile time. Quantised where it went through DequantizeLinear: real = (q - zero point) * scale.</summary>
/// <param name="Scales">Empty for plain numbers, one for the tensor, or one per index of <paramref name="Axis"/>.</param>
internal sealed record Constant(
    string Name,
    ImmutableArray<int> Shape,
    OnnxType Type,
    ReadOnlyMemory<byte> Data,
    ImmutableArray<float> Scales,
    ImmutableArray<int> ZeroPoints,
    int Axis) : ImportedValue(Name)
{
    public override ImmutableArray<int> Dims => Shape;

    public bool IsQuantized => !Scales.IsEmpty;

    public int Count => Data.Length / Type.Size();
}
