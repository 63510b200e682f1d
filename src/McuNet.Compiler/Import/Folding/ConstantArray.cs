using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import.Folding;

/// <summary>A constant as numbers to calculate with: integers and truth values exactly, real numbers in double precision.</summary>
/// <param name="Integers">Empty where the type is one of real numbers.</param>
/// <param name="Reals">Empty where it is not.</param>
internal sealed record ConstantArray(ImmutableArray<int> Dims, OnnxType Type, long[] Integers, double[] Reals)
{
    /// <summary>Most elements of a result: beyond them a constant is no shape or coefficient.</summary>
    public const int MostElements = 1 << 24;

    public bool IsReal => Holds(Type) == true;

    public int Count => IsReal ? Reals.Length : Integers.Length;

    /// <summary>Whether a type holds real numbers; null where it is not calculated with.</summary>
    public static bool? Holds(OnnxType type) =>
        type switch
        {
            OnnxType.Float or OnnxType.Double => true,
            OnnxType.Bool or OnnxType.Int8 or OnnxType.UInt8 or OnnxType.Int32 or OnnxType.Int64 => false,
            _ => null,
        };

    public static ConstantArray Of(Constant constant)
    {
        var span = constant.Data.Span;
        return constant.Type switch
        {
            OnnxType.Float => OfReals(constant, [.. MemoryMarshal.Cast<byte, float>(span).ToArray().Select(v => (double)v)]),
            OnnxType.Double => OfReals(constant, MemoryMarshal.Cast<byte, double>(span).ToArray()),
            OnnxType.Int64 => OfIntegers(constant, MemoryMarshal.Cast<byte, long>(span).ToArray()),
            OnnxType.Int32 => OfIntegers(constant, [.. MemoryMarshal.Cast<byte, int>(span).ToArray().Select(v => (long)v)]),
            OnnxType.Int8 => OfIntegers(constant, [.. span.ToArray().Select(v => (long)(sbyte)v)]),
            _ => OfIntegers(constant, [.. span.ToArray().Select(v => (long)v)]),
        };
    }

    /// <summary>Numbers as a type stores them: real ones rounded, others cut off to its bits, truth values 0 and 1.</summary>
    public static ConstantArray Real(ImmutableArray<int> dims, OnnxType type, double[] values) =>
        new(dims, type, [], type == OnnxType.Float ? [.. values.Select(v => (double)(float)v)] : values);

    public static ConstantArray Integer(ImmutableArray<int> dims, OnnxType type, long[] values) =>
        new(
            dims,
            type,
            type switch
            {
                OnnxType.Bool => [.. values.Select(v => v != 0 ? 1L : 0L)],
                OnnxType.Int8 => [.. values.Select(v => (long)unchecked((sbyte)v))],
                OnnxType.UInt8 => [.. values.Select(v => (long)unchecked((byte)v))],
                OnnxType.Int32 => [.. values.Select(v => (long)unchecked((int)v))],
                _ => values,
            },
            []
        );

    /// <summary>The same as another type; what is no number becomes 0 as an integer.</summary>
    public ConstantArray As(OnnxType type) =>
        (IsReal, Holds(type) == true) switch
        {
            (true, true) => Real(Dims, type, Reals),
            (false, true) => Real(Dims, type, [.. Integers.Select(v => (double)v)]),
            (false, false) => Integer(Dims, type, Integers),
            _ => Integer(
                Dims,
                type,
                [
                    .. Reals.Select(v =>
                        type == OnnxType.Bool
                            ? v != 0
                                ? 1L
                                : 0L
                            : double.IsNaN(v)
                                ? 0L
                                : (long)Math.Clamp(Math.Truncate(v), long.MinValue, long.MaxValue)
                    ),
                ]
            ),
        };

    /// <summary>The elements at the given places, under other dimensions.</summary>
    public ConstantArray At(ImmutableArray<int> dims, int[] places) =>
        this with
        {
            Dims = dims,
            Integers = IsReal ? [] : [.. places.Select(p => Integers[p])],
            Reals = IsReal ? [.. places.Select(p => Reals[p])] : [],
        };

    public Constant ToConstant(string name) =>
        new(
            name,
            Dims,
            Type,
            Type switch
            {
                OnnxType.Float => Bytes<float>([.. Reals.Select(v => (float)v)]),
                OnnxType.Double => Bytes<double>(Reals),
                OnnxType.Int64 => Bytes<long>(Integers),
                OnnxType.Int32 => Bytes<int>([.. Integers.Select(v => (int)v)]),
                _ => Bytes<byte>([.. Integers.Select(v => unchecked((byte)v))]),
            },
            [],
            [],
            0
        );

    private static byte[] Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    private static ConstantArray OfReals(Constant constant, double[] values) => new(constant.Shape, constant.Type, [], values);

    private static ConstantArray OfIntegers(Constant constant, long[] values) => new(constant.Shape, constant.Type, values, []);
}
