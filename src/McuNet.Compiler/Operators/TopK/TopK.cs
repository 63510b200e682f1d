using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Numerics;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>The largest channels of each pixel in falling order, or the least in rising order; of equal ones the first counts
/// more.</summary>
public sealed partial record TopK : Operator
{
    public required int Count { get; init; }

    public bool IsLeast { get; init; }

    public override string Kind => "TopK";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0] with { Channels = Count };

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => ColumnSlice.Same(this, types, output);

    /// <summary>
    /// The channels in order, pixel by pixel. Each is the best of those that come behind the one before; the first where there is none, as
    /// beside what is no number.
    /// </summary>
    internal static IEnumerable<int> Places<T>(T[] values, int channels, int count, bool isLeast)
        where T : INumber<T>
    {
        for (var pixel = 0; pixel < values.Length; pixel += channels)
        {
            var last = -1;
            for (var k = 0; k < count; k++)
            {
                var at = -1;
                for (var c = 0; c < channels; c++)
                {
                    var value = values[pixel + c];
                    var isBehind =
                        last < 0 || IsBetter(values[pixel + last], value, isLeast) || (value == values[pixel + last] && c > last);
                    at = isBehind && (at < 0 || IsBetter(value, values[pixel + at], isLeast)) ? c : at;
                }

                last = Math.Max(at, 0);
                yield return last;
            }
        }
    }

    private static bool IsBetter<T>(T a, T b, bool isLeast)
        where T : INumber<T> => isLeast ? a < b : a > b;
}
