/// <summary>Comparisons of two real numbers, numbered as in C.</summary>
internal static partial class Kernels
{
    private static bool CompareOf(int function, float a, float b)
    {
        switch (function)
        {
            case 13:
                return a == b;
            case 14:
                return !(a == b);
            case 15:
                return a < b;
            case 16:
                return a <= b;
            case 17:
                return a > b;
            default:
                return a >= b;
        }
    }
}
