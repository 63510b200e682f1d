namespace McuNet.Compiler.Arena;

/// <summary>Rounding to multiples of a power of two, right for negative values too.</summary>
internal static class Align
{
    internal static int Up(int value, int alignment) => (value + alignment - 1) & -alignment;

    internal static int Down(int value, int alignment) => value & -alignment;

    internal static int CeilingDivide(int value, int alignment) => Up(value, alignment) / alignment;
}
