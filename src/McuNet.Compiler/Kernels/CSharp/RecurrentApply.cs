using System;

/// <summary>What recurrent layers have in common, whatever their weights.</summary>
internal static partial class Kernels
{
    internal static float RecurrentApply(float clip, float alpha, float beta, int function, float x)
    {
        x = Limit(x, -clip, clip);
        switch (function)
        {
            case 0:
                return MathSigmoid(x);
            case 1:
                return MathTanh(x);
            case 2:
                return x < 0.0f ? 0.0f : x;
            case 3:
                return Limit(MathTimesPlus(alpha, x, beta), 0.0f, 1.0f);
            default:
                return x;
        }
    }

    internal static void RecurrentStart(float[] initial, int[] accumulators, int state, int count)
    {
        for (int j = 0; j < count; j++)
            accumulators[state + j] = BitConverter.SingleToInt32Bits(initial[j]);
    }

    /// <summary>Writes the values of a row, or of the last one alone.</summary>
    internal static void RecurrentResult(
        sbyte[] arena,
        int output,
        int last,
        int at,
        bool isLast,
        int[] accumulators,
        int values,
        int hidden
    )
    {
        if (last != 0 && !isLast)
            return;
        for (int j = 0; j < hidden; j++)
            StoreF32(arena, output + 4 * ((last != 0 ? 0 : at * hidden) + j), BitConverter.Int32BitsToSingle(accumulators[values + j]));
    }
}
