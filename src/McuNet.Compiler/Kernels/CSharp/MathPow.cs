/// <summary>Powers, every operation rounded on its own.</summary>
internal static partial class Kernels
{
    /// <summary>An integer of at most 16 by products, another exponent by exponential and logarithm, of negative numbers where it is an
    /// integer.</summary>
    internal static float MathPow(float x, float exponent)
    {
        int whole = exponent >= -16.0f && exponent <= 16.0f ? (int)exponent : 17;
        if ((float)whole == exponent)
        {
            float product = 1.0f;
            for (int i = whole < 0 ? -whole : whole; i > 0; i--)
                product = (float)(product * x);
            return whole < 0 ? (float)(1.0f / product) : product;
        }
        if (exponent == 0.5f)
            return MathSqrt(x);
        if (x < 0)
        {
            float magnitude = exponent < 0 ? -exponent : exponent;
            whole = magnitude < 16777216.0f ? (int)exponent : 0;
            if (magnitude >= 16777216.0f || (float)whole == exponent)
            {
                float power = MathExp((float)(exponent * MathLog(-x)));
                return (whole & 1) != 0 ? -power : power;
            }
        }
        return MathExp((float)(exponent * MathLog(x)));
    }
}
