using System.Linq;
using McuNet.Compiler.Programs;
using McuNet.Manifest;
using ElementType = McuNet.Compiler.Graph.ElementType;

namespace McuNet.Compiler.Emit.Interop;

/// <summary>Names on both sides of the interop of a model. Without dots, an assembly is called alike in C#, C++ and CMake.</summary>
internal static class InteropNames
{
    public const string Namespace = "McuNet.Interop";

    /// <summary>The only method of the only class.</summary>
    public const string Method = "Run";

    public static string Assembly(string model) => "McuNet" + ModelNames.ClassName(model);

    /// <summary>Of a native method, as the metadata processor of .NET nanoFramework makes it from a static one.</summary>
    public static string Native(DeviceProgram program) =>
        $"{Method}___STATIC__VOID__{string.Join("__", program.Inputs.Concat(program.Outputs).Select(p => "SZARRAY_" + DataType(p.Type.Element)))}";

    public static string Managed(ElementType element) =>
        element switch
        {
            ElementType.Int8 => "sbyte",
            ElementType.UInt8 => "byte",
            ElementType.Int32 => "int",
            _ => "float",
        };

    private static string DataType(ElementType element) =>
        element switch
        {
            ElementType.Int8 => "I1",
            ElementType.UInt8 => "U1",
            ElementType.Int32 => "I4",
            _ => "R4",
        };
}
