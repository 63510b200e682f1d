using System;

/// <summary>
/// What recurrent layers share. A row holds the part of each gate that comes from the input, [gates][hidden], biases included; state is the
/// bits of real numbers.
/// </summary>
internal static partial class Kernels
{
    internal static float RecurrentFunction(MnRecurrent p, int function, float x)
    {
        return RecurrentApply(p.Clip, p.Alpha, p.Beta, function, x);
    }

    /// <summary>x and the products of hidden values with the weights of one gate value.</summary>
    internal static float RecurrentProducts(MnRecurrent p, float x, int[] accumulators, int hidden, int value, int values)
    {
        int spread = value < (values & ~3) ? 4 : 1,
            w = RealWeights(value, values, p.Hidden);
        for (int k = 0; k < p.Hidden; k++, w += spread)
            x = (float)(x + (float)(BitConverter.Int32BitsToSingle(accumulators[hidden + k]) * p.Weights[w]));
        return x;
    }

    internal static void RecurrentBegin(MnRecurrent p, int[] accumulators, int state, int count)
    {
        RecurrentStart(p.Initial, accumulators, state, count);
    }

    internal static void RecurrentEnd(MnRecurrent p, sbyte[] arena, int output, int at, int time, int[] accumulators, int values)
    {
        RecurrentResult(arena, output, p.Last, at, time + 1 == p.Steps, accumulators, values, p.Hidden);
    }
#if NET8_0_OR_GREATER

    /// <summary>All gate values at once, into the scratch; false where there are no vectors.</summary>
    internal static bool RecurrentVectors(MnRecurrent p, sbyte[] arena, int x, int[] accumulators, int hidden, int scratch, int values)
    {
        if (RealLanes(values) == 0)
            return false;
        if (p.Blocks == null)
        {
            p.Blocks = new RealBlocks(p.Weights, values, p.Hidden, isDepthwise: false);
        }
        Span<float> state = MemoryMarshal.Cast<int, float>(new Span<int>(accumulators, hidden, p.Hidden));
        RealProducts(p.Blocks, state, RealSpan(arena, x, values), RealSpan(arena, scratch, values));
        return true;
    }
#endif
}

#if NET8_0_OR_GREATER
internal sealed partial class MnRecurrent
{
    internal Kernels.RealBlocks Blocks;
}
#endif
