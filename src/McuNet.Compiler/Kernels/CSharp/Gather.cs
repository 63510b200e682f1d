/// <summary>Rows of a table by numbers.</summary>
internal static partial class Kernels
{
    private static int GatherRow(float number, int count)
    {
        float at = number < 0.0f ? (float)(number + (float)count) : number;
        return at >= 0.0f
            ? at < (float)count
                ? (int)at
                : count - 1
            : 0;
    }
}
