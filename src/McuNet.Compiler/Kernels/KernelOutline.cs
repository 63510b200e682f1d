using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>A constant table, perhaps before its content is known.</summary>
/// <param name="Identity">Where two kernels for the same layer give the same, the contents are equal too.</param>
/// <param name="Content">Null where weights decide it.</param>
public readonly record struct TableOutline(string Identity, int Bytes, ConstantTable? Content = null);

/// <summary>
/// What a layer's kernel will be and cost, known from its shape alone: all that scheduling, memory planning and the size estimate ask of a
/// <see cref="KernelCall"/>, without its constants.
/// </summary>
public sealed record KernelOutline
{
    public required string Function { get; init; }

    /// <summary>As <see cref="KernelCall.Sources"/>.</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>Its constant tables.</summary>
    public required ImmutableArray<TableOutline> Tables { get; init; }

    /// <summary>Bytes of all constant tables.</summary>
    public int TableBytes => Tables.Sum(t => t.Bytes);

    /// <summary>Fields of the parameter block.</summary>
    public required int Fields { get; init; }

    /// <summary>As <see cref="KernelCall.Rows"/>.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>As <see cref="KernelCall.ScratchBytes"/>.</summary>
    public int ScratchBytes { get; init; }

    /// <summary>As <see cref="KernelCall.StateBytes"/>.</summary>
    public int StateBytes { get; init; }

    /// <summary>As <see cref="KernelCall.CyclesPerStep"/>.</summary>
    public required double CyclesPerStep { get; init; }

    /// <summary>As <see cref="KernelCall.CyclesPerJoinedRow"/>.</summary>
    public required double CyclesPerJoinedRow { get; init; }

    /// <summary>As <see cref="KernelCall.Blocks"/>.</summary>
    public ImmutableArray<KernelOutline> Blocks { get; init; } = [];

    public static KernelOutline Of(KernelCall call) => new()
    {
        Function = call.Function,
        Sources = call.Sources,
        Tables = [.. call.Parameters.OfType<TableParameter>().Select(t => new TableOutline($"{call.Function} {t.Name}", t.Table.Bytes.Length, t.Table))],
        Fields = call.Parameters.Length,
        Rows = call.Rows,
        ScratchBytes = call.ScratchBytes,
        StateBytes = call.StateBytes,
        CyclesPerStep = call.CyclesPerStep,
        CyclesPerJoinedRow = call.CyclesPerJoinedRow,
        Blocks = [.. call.Blocks.Select(Of)],
    };

    /// <summary>As <see cref="KernelCall.OfBlock"/>.</summary>
    public KernelOutline OfBlock(int rows) => Blocks.FirstOrDefault(b => b.Rows >= rows) ?? this;

    /// <summary>A call without constants and arguments, for stages that ask only for what an outline knows.</summary>
    public KernelCall WithoutConstants() => new()
    {
        Function = Function,
        Sources = Sources,
        ParameterType = "",
        Parameters = [],
        Arguments = [],
        Rows = Rows,
        ScratchBytes = ScratchBytes,
        StateBytes = StateBytes,
        CyclesPerStep = CyclesPerStep,
        CyclesPerJoinedRow = CyclesPerJoinedRow,
        Blocks = [.. Blocks.Select(b => b.WithoutConstants())],
    };
}
