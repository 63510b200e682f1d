using System;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Manifest;

namespace McuNet.Compiler.Emit.CSharp;

/// <summary>Names and types of generated C#: what C calls <c>mn_conv_s8_portable</c> is <c>ConvS8Portable</c> here, its parameter block
/// <c>mn_conv</c> is <c>MnConv</c> and <c>in_width</c> <c>InWidth</c>.</summary>
internal static class CSharpNames
{
    private const string KernelPrefix = "mn_";

    /// <summary>Class of a model's engine without its namespace: <c>KwsEngine</c> for the model <c>kws</c>.</summary>
    public static string Engine(string model) => Simple(ModelNames.EngineClass(model));

    public static string RowSource(string model) => Simple(ModelNames.RowSource(model));

    /// <summary>Method of a kernel, and the stem of the file that holds it.</summary>
    public static string Kernel(string function) =>
        Pascal(function.StartsWith(KernelPrefix, StringComparison.Ordinal) ? function[KernelPrefix.Length..] : function);

    public static string Pascal(string identifier) =>
        string.Concat(identifier.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    public static string Type(TableType type) =>
        type switch
        {
            TableType.Int8 => "sbyte",
            TableType.UInt8 => "byte",
            TableType.Int16 => "short",
            TableType.UInt16 => "ushort",
            TableType.Int32 => "int",
            TableType.UInt32 => "uint",
            _ => "float",
        };

    private static string Simple(string fullName) => fullName[(ModelNames.GeneratedNamespace.Length + 1)..];

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
