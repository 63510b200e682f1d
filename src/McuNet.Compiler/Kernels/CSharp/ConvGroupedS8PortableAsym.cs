/// <summary><c>ConvGroupedS8Portable</c> for weights with zero points.</summary>
internal static partial class Kernels
{
    internal static void ConvGroupedS8PortableAsym(MnConvGrouped p, sbyte[] arena, int[] rows, int output, int x0, int x1, int scratch) =>
        ConvGrouped(p, arena, rows, output, x0, x1, scratch);
}
