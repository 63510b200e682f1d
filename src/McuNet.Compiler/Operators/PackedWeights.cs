using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>The fields of parameter blocks that hold packed weights, as mn_packed.h reads them.</summary>
/// <param name="Tables">weights, scale and zero.</param>
/// <param name="Groups">group and scales: taps that share a scale, scales of a channel.</param>
/// <param name="Format">bits and zeros.</param>
internal sealed record PackedWeights(
    ImmutableArray<KernelParameter> Tables,
    ImmutableArray<KernelParameter> Groups,
    ImmutableArray<KernelParameter> Format
)
{
    public static ImmutableArray<string> Headers { get; } = ["mn_packed.h", "mn_packed_sums.h"];

    /// <summary>Weights [channels][taps] in blocks of four channels, [taps][4]; those left over stay as they are. Scales go the same
    /// way.</summary>
    public static PackedWeights InBlocks(ConstantTensor weights, int channels) => Of(weights, channels, isBlocked: true);

    /// <summary>Weights in the order of the tensor.</summary>
    public static PackedWeights InRows(ConstantTensor weights, int channels) => Of(weights, channels, isBlocked: false);

    private static PackedWeights Of(ConstantTensor weights, int channels, bool isBlocked)
    {
        var form = weights.Form!;
        var packed = form.IsFloat16 ? Halves(Ordered(RealLinear.Numbers(weights))) : Bytes(Ordered(form.Steps.AsSpan()), form.Bits);
        var scales = form.IsFloat16 ? 1 : form.Scales.Length / channels;
        return new(
            [
                Table("weights", TableType.Int8, packed),
                Table("scale", TableType.Float32, form.IsFloat16 ? [1f] : Ordered(form.Scales.AsSpan())),
                Table(
                    "zero",
                    TableType.Int8,
                    form.IsFloat16 ? [(sbyte)0]
                        : form.Zeros.Length == 1 ? [.. form.Zeros]
                        : Ordered(form.Zeros.AsSpan())
                ),
            ],
            [new IntegerParameter("group", form.IsFloat16 ? weights.Count / channels : form.Group), new IntegerParameter("scales", scales)],
            [new IntegerParameter("bits", form.Bits), new IntegerParameter("zeros", form.Zeros.Length > 1 ? 1 : 0)]
        );

        T[] Ordered<T>(ReadOnlySpan<T> values) => isBlocked ? RealLinear.Blocks(values, channels) : values.ToArray();
    }

    private static TableParameter Table<T>(string name, TableType type, T[] values)
        where T : unmanaged => new(name, ConstantTable.Of<T>(name, type, values));

    /// <summary>Low byte first.</summary>
    private static sbyte[] Halves(float[] numbers) =>
        [.. numbers.Select(n => BitConverter.HalfToUInt16Bits((Half)n)).SelectMany(h => new[] { (sbyte)h, (sbyte)(h >> 8) })];

    /// <summary>Two integers of four bits in a byte, the first in its low half.</summary>
    private static sbyte[] Bytes(sbyte[] steps, int bits)
    {
        if (bits == 8)
            return steps;
        var packed = new sbyte[(steps.Length + 1) / 2];
        for (var i = 0; i < steps.Length; i++)
            packed[i / 2] |= (sbyte)((steps[i] & 15) << (4 * (i % 2)));
        return packed;
    }
}
