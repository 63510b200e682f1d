using System;
using System.Collections.Generic;

namespace McuNet.Compiler.Kernels;

/// <summary>Tables are equal when type and content are: equal tables are emitted once.</summary>
public sealed class TableComparer : IEqualityComparer<ConstantTable>
{
    public static readonly TableComparer Instance = new();

    public bool Equals(ConstantTable? x, ConstantTable? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.Type == y.Type && x.Bytes.AsSpan().SequenceEqual(y.Bytes.AsSpan()));

    public int GetHashCode(ConstantTable table)
    {
        var hash = default(HashCode);
        hash.Add(table.Type);
        hash.AddBytes(table.Bytes.AsSpan());
        return hash.ToHashCode();
    }
}
