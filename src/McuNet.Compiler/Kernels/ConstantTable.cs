using System;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace McuNet.Compiler.Kernels;

/// <summary>Element type of a constant array in generated code.</summary>
public enum TableType
{
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Float32,
}

/// <summary>A constant array of generated code: weights, biases, scales, lookup tables.</summary>
/// <param name="Role">Short identifier used in the emitted name: <c>weights</c>, <c>bias</c>, <c>scale</c>.</param>
/// <param name="Bytes">Little-endian elements.</param>
public sealed record ConstantTable(string Role, TableType Type, ImmutableArray<byte> Bytes)
{
    public static ConstantTable Of<T>(string role, TableType type, ReadOnlySpan<T> values)
        where T : unmanaged => new(role, type, ImmutableArray.Create(MemoryMarshal.AsBytes(values).ToArray()));

    public ReadOnlySpan<T> As<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes.AsSpan());
}

/// <summary>A constant table, perhaps before its content is known.</summary>
/// <param name="Identity">Where two kernels for the same layer give the same, the contents are equal too.</param>
/// <param name="Content">Null where weights decide it.</param>
public readonly record struct TableOutline(string Identity, int Bytes, ConstantTable? Content = null)
{
    public static TableOutline Of(string function, TableParameter parameter) =>
        new($"{function} {parameter.Name}", parameter.Table.Bytes.Length, parameter.Table);
}
