using System;

/// <summary>
/// What recurrent layers share. A row holds the part of each gate that comes from the input, [gates][hidden], biases included; state is the bits of real
/// numbers.
/// </summary>
internal static partial class Kernels
{
    internal static float RecurrentFunction(MnRecurrent p, int function, float x)
    {
        x = Limit(x, -p.Clip, p.Clip);
        switch (function)
        {
            case 0:
                return MathSigmoid(x);
            case 1:
                return MathTanh(x);
            case 2:
                return x < 0.0f ? 0.0f : x;
            case 3:
                return Limit(MathTimesPlus(p.Alpha, x, p.Beta), 0.0f, 1.0f);
            default:
                return x;
        }
    }

    /// <summary>x and the products of hidden values with the weights of one gate value.</summary>
    internal static float RecurrentProducts(MnRecurrent p, float x, int[] accumulators, int hidden, int value, int values)
    {
        int spread = value < (values & ~3) ? 4 : 1, w = RealWeights(value, values, p.Hidden);
        for (int k = 0; k < p.Hidden; k++, w += spread)
            x = (float)(x + (float)(BitConverter.Int32BitsToSingle(accumulators[hidden + k]) * p.Weights[w]));
        return x;
    }

    internal static void RecurrentBegin(MnRecurrent p, int[] accumulators, int state, int count)
    {
        for (int j = 0; j < count; j++)
            accumulators[state + j] = BitConverter.SingleToInt32Bits(p.Initial[j]);
    }

    internal static void RecurrentEnd(MnRecurrent p, sbyte[] arena, int output, int at, int time, int[] accumulators, int values)
    {
        if (p.Last != 0 && time + 1 != p.Steps)
            return;
        for (int j = 0; j < p.Hidden; j++)
            StoreF32(arena, output + 4 * ((p.Last != 0 ? 0 : at * p.Hidden) + j), BitConverter.Int32BitsToSingle(accumulators[values + j]));
    }
}
