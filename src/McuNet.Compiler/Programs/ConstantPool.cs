using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Programs;

/// <summary>A constant array of a program.</summary>
/// <param name="Layer">The first that reads it.</param>
/// <param name="Offset">In bytes, where all constants lie one behind the other.</param>
public sealed record ProgramConstant(ConstantTable Table, int Layer, int Offset);

/// <summary>The constant arrays of a program, equal ones once, in the order in which layers first read them.</summary>
public sealed class ConstantPool
{
    /// <summary>Of every array, in bytes.</summary>
    public const int Alignment = 4;

    private readonly Dictionary<ConstantTable, ProgramConstant> _constants = new(TableComparer.Instance);

    /// <param name="kernels">By layer.</param>
    public ConstantPool(ImmutableArray<KernelCall> kernels)
    {
        var all = ImmutableArray.CreateBuilder<ProgramConstant>();
        var end = 0;
        for (var n = 0; n < kernels.Length; n++)
        {
            foreach (var (_, table) in kernels[n].Parameters.OfType<TableParameter>())
            {
                var constant = new ProgramConstant(table, n, (end + Alignment - 1) / Alignment * Alignment);
                if (!_constants.TryAdd(table, constant))
                    continue;
                all.Add(constant);
                end = constant.Offset + table.Bytes.Length;
            }
        }
        All = all.ToImmutable();
    }

    public ImmutableArray<ProgramConstant> All { get; }

    /// <summary>Bytes of all arrays, without what alignment puts between them.</summary>
    public int Bytes => All.Sum(c => c.Table.Bytes.Length);

    public ProgramConstant Of(ConstantTable table) => _constants[table];

    /// <summary>All arrays one behind the other, each at its offset.</summary>
    public ImmutableArray<byte> Packed()
    {
        var bytes = ImmutableArray.CreateBuilder<byte>();
        foreach (var constant in All)
        {
            while (bytes.Count < constant.Offset)
                bytes.Add(0);
            bytes.AddRange(constant.Table.Bytes);
        }
        return bytes.ToImmutable();
    }
}
