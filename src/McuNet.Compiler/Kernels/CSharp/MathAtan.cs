/// <summary>Inverse tangent, within 3 units in the last place: a polynomial after a reduction to an eighth of a turn, with the coefficients
/// of the Cephes library. Every operation is rounded on its own.</summary>
internal static partial class Kernels
{
    internal static float MathAtan(float x)
    {
        float size = x < 0.0f ? -x : x,
            start = 0.0f,
            rest = size;
        if (size > 2.41421366f)
        {
            start = 1.57079637f;
            rest = -(float)(1.0f / size);
        }
        else if (size > 0.414213568f)
        {
            start = 0.785398185f;
            rest = (float)((float)(size - 1.0f) / (float)(size + 1.0f));
        }
        float square = (float)(rest * rest);
        float y = MathTimesPlus(8.05374458e-2f, square, -1.38776854e-1f);
        y = MathTimesPlus(y, square, 1.99777111e-1f);
        y = MathTimesPlus(y, square, -3.33329499e-1f);
        y = (float)(start + MathTimesPlus((float)(y * square), rest, rest));
        return x < 0.0f ? -y : y;
    }
}
