/// <summary>log(1 + exp(x)). Every operation is rounded on its own.</summary>
internal static partial class Kernels
{
    internal static float MathSoftplus(float x)
    {
        float logarithm = MathLog((float)(1.0f + MathExp(x < 0.0f ? x : -x)));
        return x > 0.0f ? (float)(x + logarithm) : logarithm;
    }
}
