/// <summary>Remainders.</summary>
internal static partial class Kernels
{
    /// <summary>Remainder of x / y with the sign of x, which is exact: multiples of y by powers of two are taken away from the largest
    /// on.</summary>
    internal static float MathMod(float x, float y)
    {
        float rest = x < 0 ? -x : x,
            least = y < 0 ? -y : y;
        if (!(least > 0) || !(rest <= float.MaxValue))
            return (float)((float)(x * y) / (float)(x * y));
        float part = least;
        while (part <= (float)(rest - part))
            part = (float)(part + part);
        for (; rest >= least; part = (float)(part * 0.5f))
        {
            if (part <= rest)
                rest = (float)(rest - part);
        }
        return x < 0 ? -rest : rest;
    }
}
