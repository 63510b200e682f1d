using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Emit.C;

/// <summary>Names and literals of generated C.</summary>
internal static class CNames
{
    public static string Type(ElementType element) =>
        element switch
        {
            ElementType.Int8 => "int8_t",
            ElementType.UInt8 => "uint8_t",
            ElementType.Int16 => "int16_t",
            ElementType.Int32 => "int32_t",
            _ => "float",
        };

    /// <summary>A cast of the address of bytes to one of elements; empty where it is that already.</summary>
    /// <param name="qualifier">Of what it points to, such as <c>const</c> and a space.</param>
    public static string Pointer(ElementType element, string qualifier = "") =>
        element switch
        {
            ElementType.UInt8 => "",
            ElementType.Float32 or ElementType.Int32 or ElementType.Int16 => $"({qualifier}{Type(element)} *)({qualifier}void *)",
            _ => $"({qualifier}{Type(element)} *)",
        };

    public static string Type(TableType type) =>
        type switch
        {
            TableType.Int8 => "int8_t",
            TableType.UInt8 => "uint8_t",
            TableType.Int16 => "int16_t",
            TableType.UInt16 => "uint16_t",
            TableType.Int32 => "int32_t",
            TableType.UInt32 => "uint32_t",
            _ => "float",
        };

    public static int Size(TableType type) =>
        type switch
        {
            TableType.Int8 or TableType.UInt8 => 1,
            TableType.Int16 or TableType.UInt16 => 2,
            _ => 4,
        };
}
