/// <summary>Square root, rounded correctly.</summary>
internal static partial class Kernels
{
    internal static float MathSqrt(float x) => (float)System.Math.Sqrt(x);
}
