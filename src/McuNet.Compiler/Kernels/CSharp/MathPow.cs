/// <summary>Power with a constant exponent: an integer of at most 16 by products, another by exponential and logarithm. Every operation is rounded on its own.</summary>
internal static partial class Kernels
{
    /// <summary>x to the power of a constant: an integer of at most 16 by products, another by exponential and logarithm.</summary>
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
        return MathExp((float)(exponent * MathLog(x)));
    }
}
