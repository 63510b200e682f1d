using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Fourier transforms, responses over their neighbours, determinants: by convolutions, poolings and products.</summary>
internal static class TransformRows
{
    /// <summary>Rows of a matrix, of which a determinant sums two to that power products.</summary>
    private const int MostRows = 4;

    /// <summary>Discrete Fourier transform of one dimension: each result is a sum of all numbers times constants, a pointwise
    /// convolution.</summary>
    public static void Fourier(NodeImport node)
    {
        var value = node.Activation(0);
        var (rank, last) = (value.Axes.Rank, value.Axes.Rank - 1);
        if (rank < 2 || value.Dims[last] is not (1 or 2))
            throw node.BadDims(value, "the last dimension holds real and imaginary part, or a real number.");
        var axis = node.Axis(
            node.Has(2) ? node.Constant(2, "axis").Integer() : node.Int("axis", node.Opset is > 0 and < 20 ? 1 : -2),
            rank
        );
        var (isInverse, isOneSided) = (node.Int("inverse", 0) != 0, node.Int("onesided", 0) != 0);
        var length = node.Has(1) ? node.Constant(1, "dft_length").Integer() : value.Dims[axis];
        if (axis == last || length < 1 || (isInverse && isOneSided))
            throw node.Unsupported(
                "axis, dft_length, onesided",
                $"{axis}, {length}, {isOneSided}",
                "Another dimension than the last is transformed, and both sides of an inverse."
            );
        var results = isOneSided ? length / 2 + 1 : length;
        ImmutableArray<int> others = [.. Enumerable.Range(0, rank).Where(d => d != axis && d != last)];
        var input = node.Layout.Grouped(value, others, [], [axis, last]);
        float[] weights = [.. Factors(value.Dims[axis], value.Dims[last], length, results, isInverse)];
        var op = new Conv2D
        {
            Weights = new(
                [2 * results, 1, 1, input.Type.Shape.Channels],
                ElementType.Float32,
                [.. MemoryMarshal.AsBytes(weights.AsSpan())],
                [1],
                [0]
            ),
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
        };
        var shape = op.InferShape([input.Type.Shape]);
        ImmutableArray<int> order = [.. others, axis, last];
        var axes = AxisOrder
            .OfStored([.. others.Select(d => value.Dims[d]), results, 2], shape)
            .Permuted([.. Enumerable.Range(0, rank).Select(d => order.IndexOf(d))]);
        node.Return(node.Emit(op, axes, input.Type with { Shape = shape }, input));
    }

    /// <summary>[results, 2, numbers, parts]: real and imaginary part of each result by each part of each number.</summary>
    private static IEnumerable<float> Factors(int numbers, int parts, int length, int results, bool isInverse)
    {
        for (var k = 0; k < results; k++)
        {
            for (var side = 0; side < 2; side++)
            {
                for (var i = 0; i < numbers * parts; i++)
                {
                    var (sin, cos) = Math.SinCos(2 * Math.PI * ((long)(i / parts) * k % length) / length);
                    var turn = new Complex(cos, isInverse ? sin : -sin) * (i % parts == 0 ? 1 : Complex.ImaginaryOne);
                    yield return i / parts >= length ? 0 : (float)((side == 0 ? turn.Real : turn.Imaginary) / (isInverse ? length : 1));
                }
            }
        }
    }

    /// <summary>
    /// x / (bias + alpha x mean of squares over neighbouring channels)^beta, channels beyond the ends being zeros: the mean is an average
    /// pooling over the channels as columns.
    /// </summary>
    public static void LocalResponse(NodeImport node)
    {
        var value = node.Activation(0);
        var (rank, size) = (value.Axes.Rank, node.Int("size", 0));
        if (rank < 2 || size is < 1 or > Limits.Window)
            throw node.Unsupported("size", size, $"Between 1 and {Limits.Window} channels are needed, of a tensor [N, C, …].");
        var stored = node.Layout.AsChannels(value, 1);
        ImmutableArray<int> others = [.. Enumerable.Range(0, rank).Where(d => d != 1).OrderBy(d => stored.Axes.Terms[d] is "W" ? 1 : 0)];
        var channels = node.Layout.Grouped(stored, others, [1], []);
        var squares = LookupRows.Emit(node.Step("squares"), new UnaryFunction.Power(2), channels);
        var window = new Window
        {
            KernelHeight = 1,
            KernelWidth = size,
            PadLeft = (size - 1) / 2,
            PadRight = size / 2,
        };
        var mean = node.Step("mean")
            .Emit(new AveragePool { Window = window, CountPadding = size > 1 }, squares.Axes, squares.Type, squares);
        var scaled = LookupRows.Emit(node.Step("scaled"), new UnaryFunction.Scale(node.Float("alpha", 1e-4f)), mean);
        var shifted = LookupRows.Emit(node.Step("shifted"), new UnaryFunction.Shift(node.Float("bias", 1)), scaled);
        var factor = LookupRows.Emit(node.Step("factor"), new UnaryFunction.Power(-node.Float("beta", 0.75f)), shifted);
        node.Return(node.Emit(new Mul(), channels.Axes, channels.Type, channels, factor));
    }

    /// <summary>Of the matrices of the last two dimensions, by the elements of the first row times what is left without their row and
    /// column.</summary>
    public static void Determinant(NodeImport node)
    {
        var value = node.Activation(0);
        var rank = value.Axes.Rank;
        if (rank < 2 || value.Dims[^1] != value.Dims[^2] || value.Dims[^1] > MostRows)
            throw node.BadDims(value, $"square matrices of at most {MostRows} rows are supported.");
        var size = value.Dims[^1];
        var matrices = node.Layout.Grouped(value, [.. Enumerable.Range(0, rank - 2)], [], [rank - 2, rank - 1]);
        var axes = matrices.Axes.Without([rank - 2, rank - 1], keep: false);
        var type = matrices.Type with { Shape = matrices.Type.Shape with { Channels = 1 } };
        var elements = new Dictionary<int, Activation>();
        var minors = new Dictionary<int, Activation>();
        node.Return(Minor((1 << size) - 1));

        Activation Element(int row, int column)
        {
            var place = row * size + column;
            return elements.TryGetValue(place, out var known)
                ? known
                : elements[place] =
                    size == 1
                        ? matrices with
                        {
                            Axes = axes,
                        }
                        : node.Step($"{row}_{column}").Emit(new SelectChannels { Source = [place] }, axes, type, matrices);
        }

        Activation Minor(int columns)
        {
            if (minors.TryGetValue(columns, out var known))
                return known;
            var row = size - BitOperations.PopCount((uint)columns);
            Activation? sum = null;
            var isWhole = columns == (1 << size) - 1;
            int[] chosen = [.. Enumerable.Range(0, size).Where(c => (columns >> c & 1) != 0)];
            for (var i = 0; i < chosen.Length; i++)
            {
                var element = Element(row, chosen[i]);
                var term =
                    chosen.Length == 1
                        ? element
                        : node.Step($"product_{columns}_{i}").Emit(new Mul(), axes, type, element, Minor(columns & ~(1 << chosen[i])));
                var place = isWhole && i == chosen.Length - 1 ? node : node.Step($"sum_{columns}_{i}");
                sum = sum is null
                    ? term
                    : place.Emit(
                        new Elementwise { Function = i % 2 == 1 ? ElementFunction.Sub : ElementFunction.Add },
                        axes,
                        type,
                        sum,
                        term
                    );
            }

            return minors[columns] = sum!;
        }
    }
}
