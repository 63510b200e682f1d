/// <summary>Functions of two real numbers that are no single operation, numbered as in C.</summary>
internal static partial class Kernels
{
    private static float ElementwiseMathOf(int function, float a, float b)
    {
        switch (function)
        {
            case 9:
                return MathPow(a, b);
            case 10:
                return MathPow(b, a);
            case 11:
                return MathMod(a, b);
            default:
                return MathMod(b, a);
        }
    }
}
