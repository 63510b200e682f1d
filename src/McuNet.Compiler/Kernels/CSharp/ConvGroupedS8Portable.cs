/// <summary>Convolution with any window whose channels are in groups: ConvGrouped.cs. Scratch: taps.</summary>
internal static partial class Kernels
{
    internal static void ConvGroupedS8Portable(MnConvGrouped p, sbyte[] arena, int[] rows, int output, int x0, int x1, int scratch) =>
        ConvGrouped(p, arena, rows, output, x0, x1, scratch);
}
