/// <summary>
/// Functions of two operands: clamp(round_half_even(f((a - ZeroA) * ScaleA, (b - ZeroB) * ScaleB) / Scale) + Zero), every operation in float32 and
/// rounded on its own.
/// </summary>
internal static partial class Kernels
{
    private static float ElementwiseOf(int function, float a, float b) => function switch
    {
        0 => (float)(a + b),
        1 => (float)(a - b),
        2 => (float)(a * b),
        3 => (float)(a / b),
        4 => a < b ? a : b,
        5 => a > b ? a : b,
        6 => a < 0 ? (float)(a * b) : a,
        7 => (float)(b - a),
        _ => (float)(b / a),
    };
}
