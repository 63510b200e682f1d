using System;

/// <summary>Row <c>step</c> of a constant, elements of any type.</summary>
internal static partial class Kernels
{
    internal static void KnownPortable(MnKnown p, sbyte[] arena, int output, int step)
    {
        Array.Copy(p.Data, step * p.Row, arena, output, p.Row);
    }
}
