/// <summary>The first tap of output <c>at</c> whose input lies inside [0, size), and where that is; <c>kernel</c> or more where there is
/// none.</summary>
internal static partial class Kernels
{
    internal static int ConvTransposeFirst(int at, int stride, int dilation, int kernel, int size, int taps, int places, out int place)
    {
        int tap = 0;
        for (; tap < kernel && at % stride != 0; tap++)
            at -= dilation;
        for (place = at / stride; tap < kernel && place >= size; tap += taps)
            place -= places;
        return tap;
    }
}
