using System;

/// <summary>As <c>Recurrent</c>, by packed weights.</summary>
internal static partial class Kernels
{
    internal static float RecurrentFunction(MnRecurrentPacked p, int function, float x)
    {
        return RecurrentApply(p.Clip, p.Alpha, p.Beta, function, x);
    }

    internal static float RecurrentProducts(MnRecurrentPacked p, float x, int[] accumulators, int hidden, int value, int values)
    {
        int lanes = value < (values & ~3) ? 4 : 1;
        for (int k = 0; k < p.Hidden; k++)
        {
            float weight = PackedWeight(
                p.Weights,
                p.Scale,
                p.Zero,
                p.Bits,
                p.Zeros,
                PackedAt(value, lanes, p.Hidden, k),
                PackedAt(value, lanes, p.Scales, k / p.Group)
            );
            x = (float)(x + (float)(BitConverter.Int32BitsToSingle(accumulators[hidden + k]) * weight));
        }
        return x;
    }

    internal static void RecurrentBegin(MnRecurrentPacked p, int[] accumulators, int state, int count)
    {
        RecurrentStart(p.Initial, accumulators, state, count);
    }

    internal static void RecurrentEnd(MnRecurrentPacked p, sbyte[] arena, int output, int at, int time, int[] accumulators, int values)
    {
        RecurrentResult(arena, output, p.Last, at, time + 1 == p.Steps, accumulators, values, p.Hidden);
    }
#if NET8_0_OR_GREATER

    /// <summary>All gate values at once, into the scratch; false where there are no vectors.</summary>
    internal static bool RecurrentVectors(
        MnRecurrentPacked p,
        sbyte[] arena,
        int x,
        int[] accumulators,
        int hidden,
        int scratch,
        int values
    )
    {
        if (RealLanes(values) == 0)
            return false;
        if (p.Blocks == null)
        {
            float[] weights = new float[values * p.Hidden];
            for (int v = 0; v < values; v++)
            {
                int lanes = v < (values & ~3) ? 4 : 1;
                for (int k = 0; k < p.Hidden; k++)
                {
                    int at = PackedAt(v, lanes, p.Hidden, k),
                        place = PackedAt(v, lanes, p.Scales, k / p.Group);
                    weights[at] = PackedWeight(p.Weights, p.Scale, p.Zero, p.Bits, p.Zeros, at, place);
                }
            }
            p.Blocks = new RealBlocks(weights, values, p.Hidden, isDepthwise: false);
        }
        Span<float> state = MemoryMarshal.Cast<int, float>(new Span<int>(accumulators, hidden, p.Hidden));
        RealProducts(p.Blocks, state, RealSpan(arena, x, values), RealSpan(arena, scratch, values));
        return true;
    }
#endif
}

#if NET8_0_OR_GREATER
internal sealed partial class MnRecurrentPacked
{
    internal Kernels.RealBlocks Blocks;
}
#endif
