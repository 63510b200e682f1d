using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Options;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>A stream of rows: as slices, which a network takes whose window moves on, and as the windows that they end.</summary>
/// <param name="Whole">The network on whole windows.</param>
/// <param name="Sliding">The same on slices.</param>
public sealed record Windows(NetworkGraph Whole, NetworkGraph Sliding, int Seed)
{
    /// <summary>More rows than any test needs.</summary>
    private const int Length = 4000;

    private readonly byte[] _rows = Rows(Sliding[Sliding.Inputs[0].Tensor].Type, Sliding.Sliding!.Hop, Seed);

    private TensorType Slice => Sliding[Sliding.Inputs[0].Tensor].Type;

    private SlidingInput Hop => Sliding.Sliding!;

    /// <summary>The network on slices, as options make it.</summary>
    public static Windows Of(NetworkGraph whole, int hop, int seed = 1, HopPadding padding = HopPadding.Window, int? dimension = null)
    {
        var result = NetworkSliding.Of(whole, new WindowHop(null, hop, dimension), padding);
        return result.Succeeded
            ? new(whole, result.Value, seed)
            : throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Select(d => d.Message)));
    }

    /// <summary>The inputs of the first inferences, those of states never to be read.</summary>
    public ImmutableArray<IReadOnlyList<byte[]>> Slices(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(n =>
                    (IReadOnlyList<byte[]>)
                        [
                            .. Sliding.Inputs.Select(
                                (p, i) => i == Hop.Port ? Taken(n * Hop.Hop, Hop.Hop) : new byte[Sliding[p.Tensor].Type.Bytes]
                            ),
                        ]
                ),
        ];

    /// <summary>The window that ends with a slice; rows before the stream are real zeros.</summary>
    public byte[] WindowOf(int slice) => Taken((slice + 1) * Hop.Hop - Hop.Rows, Hop.Rows);

    /// <summary>What the network gives for that window.</summary>
    public ImmutableArray<byte[]> Expected(int slice) =>
        [.. ReferenceEvaluator.Run(Whole, [new TensorData(Whole[Whole.Inputs[0].Tensor].Type, WindowOf(slice))]).Select(o => o.Bytes)];

    /// <summary>The first slice whose outputs are not those of its window, of those from the end of the warm-up on; null where all
    /// are.</summary>
    public string? Difference(int slices)
    {
        var results = StatefulNetwork.Reference(Sliding, Slices(slices));
        for (var n = Hop.WarmUp; n < slices; n++)
        {
            var expected = Expected(n);
            for (var o = 0; o < expected.Length; o++)
            {
                if (!expected[o].SequenceEqual(results[n][o]))
                    return $"slice {n} of {Hop.Hop} rows, output {o}: {Convert.ToHexString(results[n][o])} in place of {Convert.ToHexString(expected[o])}";
            }
        }

        return null;
    }

    /// <summary>Rows of the stream, or columns, as a tensor.</summary>
    public byte[] Taken(int first, int rows)
    {
        var row = Slice.Bytes / Hop.Hop;
        var bytes = new byte[rows * row];
        Array.Fill(bytes, Slice.ZeroByte);
        for (var y = Math.Max(0, -first); y < rows; y++)
            Array.Copy(_rows, (first + y) * row, bytes, y * row, row);
        return Hop.InColumns ? Turned(bytes, rows, Slice.Shape.Height) : bytes;
    }

    /// <summary>A tensor with other rows than columns.</summary>
    public static byte[] Turned(byte[] bytes, int rows, int columns)
    {
        var (turned, pixel) = (new byte[bytes.Length], bytes.Length / (rows * columns));
        for (var i = 0; i < rows * columns; i++)
            Array.Copy(bytes, i * pixel, turned, (i % columns * rows + i / columns) * pixel, pixel);
        return turned;
    }

    private static byte[] Rows(TensorType type, int hop, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[Length * type.Bytes / hop];
        random.NextBytes(bytes);
        for (var i = 0; i < bytes.Length && type.Element == ElementType.Float32; i += sizeof(float))
            BitConverter.TryWriteBytes(bytes.AsSpan(i), random.NextSingle() * 2 - 1);
        for (var i = 0; i < bytes.Length && type.Element == ElementType.Int32; i += sizeof(int))
            BitConverter.TryWriteBytes(bytes.AsSpan(i), random.Next(-8, 8));
        return bytes;
    }
}
