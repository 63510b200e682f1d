/// <summary>Sum of elements: what a weight zero point is multiplied with.</summary>
internal static partial class Kernels
{
    internal static int SumS8(sbyte[] arena, int at, int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += arena[at + i];
        return sum;
    }
}
