using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

/// <summary>One field of a kernel's parameter block: an integer, a real number or a constant table.</summary>
public abstract record KernelParameter(string Name);

public sealed record IntegerParameter(string Name, int Value) : KernelParameter(Name);

public sealed record RealParameter(string Name, float Value) : KernelParameter(Name);

public sealed record TableParameter(string Name, ConstantTable Table) : KernelParameter(Name);

/// <summary>What a kernel is handed at every step, in the order of its signature after the parameter block.</summary>
public enum KernelArgument
{
    /// <summary>Pointers to the window's rows of input 0, null for a padding row.</summary>
    Window,

    /// <summary>Pointer to the row that the step reads, of input 0.</summary>
    Row0,

    /// <summary>The same of input 1.</summary>
    Row1,

    /// <summary>Pointer to the one row that the step reads, of whichever input; null where it reads none.</summary>
    Row,

    /// <summary>Pointers to the row that the step reads of every input, in order: an array.</summary>
    Rows,

    /// <summary>Pointer to the whole of input 0, all rows one behind the other.</summary>
    Whole0,

    /// <summary>Address of the buffer of input 0 and its slots, in which row y lies in slot y modulo their number: two arguments.</summary>
    Buffer0,

    /// <summary>The same of the output.</summary>
    OutputBuffer,

    /// <summary>The first output row of the step and how many it has: two arguments.</summary>
    Block,

    /// <summary>Pointer to the output row (to the whole output for a barrier).</summary>
    Output,

    /// <summary>First and end column to compute, [x0, x1): two arguments. Joined rows count as one long row.</summary>
    Columns,

    /// <summary>End column to compute, from the first on: one argument. Joined rows count as one long row.</summary>
    EndColumn,

    /// <summary>Number of the step.</summary>
    Step,

    /// <summary>Scratch memory that holds nothing between steps.</summary>
    Scratch,

    /// <summary>Accumulators that live from the operator's first step to its last.</summary>
    State,
}

/// <summary>
/// A kernel for one layer: its constants, its arguments, its memory and its cost. It is made in two steps. From the shape of a layer alone
/// it is an outline, which is all that scheduling, memory planning and the size estimate ask for; with the layer's weights it is bound.
/// </summary>
public sealed record KernelCall
{
    private readonly ImmutableArray<KernelParameter> _parameters;
    private readonly ImmutableArray<TableOutline> _tables;
    private readonly int? _fields;

    /// <summary>The field of a parameter block with the number of records that are read from RAM.</summary>
    public const string KeptRecords = "kept";

    /// <summary>Asks the application for a row of a streamed input; the driver does that, so there is no function.</summary>
    public static KernelCall Delivery { get; } =
        new()
        {
            Function = "",
            Sources = [],
            ParameterType = "",
            Parameters = [],
            Arguments = [],
            CyclesPerStep = 0,
        };

    /// <summary>Function name, by the grammar <c>mn_op_types_feature_variant</c>.</summary>
    public required string Function { get; init; }

    public bool IsDelivery => Function.Length == 0;

    /// <summary>What it asks of the core, so that its assembly is compiled rather than the plain C beside it.</summary>
    public DeviceFeatures Required { get; init; }

    /// <summary>Source files that hold it, in dependency order, names as embedded (<c>mn_conv.c</c>).</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>Name of the C struct of its parameter block.</summary>
    public required string ParameterType { get; init; }

    /// <summary>Fields of the parameter block in declaration order; set to default in an outline.</summary>
    /// <exception cref="InvalidOperationException">It is an outline.</exception>
    public required ImmutableArray<KernelParameter> Parameters
    {
        get =>
            _parameters.IsDefault
                ? throw new InvalidOperationException($"{Function} is an outline: the constants of its layer are not known")
                : _parameters;
        init => _parameters = value;
    }

    /// <summary>Its constant tables, in an outline without what weights decide.</summary>
    public ImmutableArray<TableOutline> Tables
    {
        get => _tables.IsDefault ? [.. Parameters.OfType<TableParameter>().Select(t => TableOutline.Of(Function, t))] : _tables;
        init => _tables = value;
    }

    /// <summary>Bytes of all constant tables.</summary>
    public int TableBytes => Tables.Sum(t => t.Bytes);

    /// <summary>Number of fields of the parameter block.</summary>
    public int Fields
    {
        get => _fields ?? Parameters.Length;
        init => _fields = value;
    }

    public required ImmutableArray<KernelArgument> Arguments { get; init; }

    /// <summary>Most output rows of one step; more than one where the kernel takes a block of them.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>Bytes of scratch, 4-byte aligned.</summary>
    public int ScratchBytes { get; init; }

    /// <summary>Bytes of state, 4-byte aligned.</summary>
    public int StateBytes { get; init; }

    /// <summary>Estimated cycles of one step on the target, of as many rows as it may have.</summary>
    public required double CyclesPerStep { get; init; }

    /// <summary>Estimated cycles of each further row joined into one step; equals <see cref="CyclesPerStep"/> where joining gains
    /// nothing.</summary>
    public double CyclesPerJoinedRow { get; init; }

    /// <summary>The share of these cycles that is left where no other layer calls the function.</summary>
    public double AloneShare { get; init; } = 1;

    /// <summary>With the cycles that the call takes where no other layer calls the function.</summary>
    public KernelCall Alone() =>
        AloneShare == 1
            ? this
            : this with
            {
                CyclesPerStep = AloneShare * CyclesPerStep,
                CyclesPerJoinedRow = AloneShare * CyclesPerJoinedRow,
                AloneShare = 1,
            };

    /// <summary>How its calls wait for flash; null where memory counts as ideal.</summary>
    public FlashUse? Flash { get; init; }

    /// <summary>Records of its table that it keeps in RAM from its first step to its last, as its state.</summary>
    public int Kept { get; private init; }

    /// <summary>Estimated cycles, on the yardstick core, for which a call waits for flash.</summary>
    /// <param name="rows">Rows that are one long row to it.</param>
    public double WaitsOf(int rows) =>
        Flash is null ? 0
        : rows == 1 && Kept == 0 ? Flash.RowWaits
        : Flash.Waits(rows, Kept);

    /// <summary>Estimated cycles of copying the records to RAM, once in an inference.</summary>
    public double CopyCycles => Kept * Flash?.CopyCycles ?? 0;

    /// <summary>The same with so many records in RAM.</summary>
    /// <exception cref="InvalidOperationException">It keeps none.</exception>
    public KernelCall Keeping(int records)
    {
        var bytes = Flash?.Records?.Bytes ?? throw new InvalidOperationException($"{Function} keeps no constants");
        return this with
        {
            Kept = records,
            StateBytes = records * bytes,
            Parameters = _parameters.IsDefault
                ? default
                : [.. _parameters.Select(p => p.Name == KeptRecords ? new IntegerParameter(KeptRecords, records) : p)],
        };
    }

    /// <summary>Kernels that take the place of this one where several rows run as one step, by number of rows; the last may take
    /// all.</summary>
    public ImmutableArray<KernelCall> Blocks { get; init; } = [];

    /// <summary>The kernel of steps of <paramref name="rows"/> rows: one of blocks, or this one, which takes joined rows as one long
    /// row.</summary>
    public KernelCall OfBlock(int rows) => Blocks.FirstOrDefault(b => b.Rows >= rows) ?? this;
}
