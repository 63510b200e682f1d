namespace McuNet.Search.Redistribution;

/// <summary>The published choice of the part of a network that is computed in patches, and of their number.</summary>
internal static class PatchRule
{
    /// <summary>An eighth of the input's side: 224 to 28.</summary>
    private const int Shrinkage = 8;

    private const int ManyPatchesFromSide = 16;

    /// <summary>Whether a result is so small that the part may end there.</summary>
    public static bool IsSmall(int side, int inputSide) => side * Shrinkage <= inputSide;

    /// <summary>4 along each side of the result of the part, or 2 where that is below 16.</summary>
    public static int Patches(int side) => side >= ManyPatchesFromSide ? 4 : 2;
}
