/// <summary>1 / (1 + exp(-x)). Every operation is rounded on its own.</summary>
internal static partial class Kernels
{
    internal static float MathSigmoid(float x)
    {
        float small = MathExp(x < 0.0f ? x : -x),
            whole = (float)(1.0f + small);
        return x < 0.0f ? (float)(small / whole) : (float)(1.0f / whole);
    }
}
