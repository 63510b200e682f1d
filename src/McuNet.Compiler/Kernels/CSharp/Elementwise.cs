/// <summary>
/// Functions of two operands: clamp(round_half_even(f((a - ZeroA) * ScaleA, (b - ZeroB) * ScaleB) / Scale) + Zero), every operation in
/// float32 and rounded on its own.
/// </summary>
internal static partial class Kernels
{
    private static float ElementwiseOf(int function, float a, float b)
    {
        switch (function)
        {
            case 0:
                return (float)(a + b);
            case 1:
                return (float)(a - b);
            case 2:
                return (float)(a * b);
            case 3:
                return (float)(a / b);
            case 4:
                return a < b ? a : b;
            case 5:
                return a > b ? a : b;
            case 6:
                return a < 0 ? (float)(a * b) : a;
            case 7:
                return (float)(b - a);
            default:
                return (float)(b / a);
        }
    }
}
