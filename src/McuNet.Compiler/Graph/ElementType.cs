namespace McuNet.Compiler.Graph;

/// <summary>What one element of a tensor is.</summary>
public enum ElementType
{
    Int8,
    UInt8,
    Int32,
    Float32,
}

public static class ElementTypes
{
    /// <summary>Bytes per element.</summary>
    public static int Size(this ElementType type) => type is ElementType.Int8 or ElementType.UInt8 ? 1 : 4;
}
