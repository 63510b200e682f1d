/// <summary>Sums of products of int8 that become real numbers by one rounding and one multiplication.</summary>
internal static partial class Kernels
{
    internal static long RealOfS8Sum(MnRealOfS8 p, long sum, sbyte[] arena, int x, int w, int n, int weightZero)
    {
        for (; n > 0; n--)
            sum += (arena[x++] - p.InZero) * (p.Weights[w++] - weightZero);
        return sum;
    }

    internal static float RealOfS8Result(MnRealOfS8 p, long sum, int channel)
    {
        float real = (int)sum == sum ? (float)(int)sum : (float)sum;
        return Limit((float)(real * p.Scale[channel]), p.Low, p.High);
    }
}
