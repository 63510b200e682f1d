using System;
using System.Collections.Immutable;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// A row of the kernel table: one function that computes some layers on some cores. Without <see cref="Required"/> features it has a body
/// in C and one in C#, found by its name; with features it is C.
/// </summary>
public abstract record Kernel
{
    private readonly (ElementType From, ElementType To)? _types;

    /// <summary>Name by the grammar <c>mn_op_types_feature_variant</c>.</summary>
    public required string Function
    {
        get;
        init => (field, _types) = (value, KernelTypes.Of(value));
    }

    /// <summary>Embedded source files in dependency order, without <c>mn_common.h</c>.</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>Headers in front of <see cref="Sources"/> that fit the code to the memory of a target.</summary>
    public Func<KernelTarget, ImmutableArray<string>> Tuning { get; init; } = _ => [];

    /// <summary>Features the core must have; never the name of a device.</summary>
    public DeviceFeatures Required { get; init; }

    /// <summary>Whether it spends much code on being fast where another kernel for the same features would do; only
    /// <see cref="KernelSet.Fast"/> has it.</summary>
    public bool IsLarge { get; init; }

    /// <summary>C struct of the parameter block.</summary>
    public required string ParameterType { get; init; }

    /// <summary>What the function takes after the parameter block; pointwise kernels take a row where others take a window.</summary>
    public required ImmutableArray<KernelArgument> Arguments { get; init; }

    /// <summary>Most output rows of one step; <see cref="int.MaxValue"/> for all of any layer.</summary>
    public int MostRows { get; init; } = 1;

    /// <summary>Whether it reads and writes the elements of such tensors.</summary>
    public bool Takes(NodeTypes types) => KernelTypes.Fits(_types, types);

    /// <summary>Whether code for <paramref name="target"/> may call it.</summary>
    public bool IsFor(KernelTarget target) =>
        target.Language == KernelLanguage.CSharp
            ? Required == DeviceFeatures.None
            : target.Has(Required) && (target.Set == KernelSet.Fast || !IsLarge);
}

/// <summary>A kernel of layers of one kind. From the shape of a layer alone it gives an outline; bound to the layer it has its
/// constants.</summary>
/// <typeparam name="TShape">What is known of a layer before its constants: enough to choose a kernel and to say what it will
/// cost.</typeparam>
/// <typeparam name="TLayer">The layer.</typeparam>
public abstract record Kernel<TShape, TLayer> : Kernel
    where TLayer : TShape
{
    /// <summary>Whether the kernel computes layers of such a shape.</summary>
    public Func<TShape, bool> Applies { get; init; } = _ => true;

    /// <summary>Whether the kernel's number formats hold the layer's constants; most hold any.</summary>
    public Func<TLayer, bool> Holds { get; init; } = _ => true;

    /// <summary>Bytes of scratch of one step, 4-byte aligned.</summary>
    public Func<TShape, int> ScratchBytes { get; init; } = _ => 0;

    /// <summary>Bytes of accumulators that live from the first step to the last, 4-byte aligned.</summary>
    public Func<TShape, int> StateBytes { get; init; } = _ => 0;

    /// <summary>Estimated cycles of one step.</summary>
    public required Func<TShape, KernelTarget, double> Cycles { get; init; }

    /// <summary>Estimated cycles of a further row joined into a step; null where that costs a step.</summary>
    public Func<TShape, KernelTarget, double>? JoinedCycles { get; init; }

    /// <summary>
    /// The share of its cycles that is left where no other layer calls it: it becomes part of that layer's function, where the compiler
    /// knows its parameters.
    /// </summary>
    public Func<TShape, double> AloneShare { get; init; } = _ => 1;

    /// <summary>Headers in front of the last source that layers of such a shape need.</summary>
    public Func<TShape, ImmutableArray<string>> Variants { get; init; } = _ => [];

    /// <summary>Whether it computes layers of such a shape on a target, where it holds their constants.</summary>
    public bool Serves(TShape layer, KernelTarget target) => JudgeShape(layer, target) == KernelVerdict.Able;

    /// <summary>
    /// Whether it can compute a layer on a target, or the first thing that keeps it from doing so; its fields may still be too small for
    /// the sizes.
    /// </summary>
    public KernelVerdict Judge(TLayer layer, KernelTarget target) =>
        JudgeShape(layer, target) is not KernelVerdict.Able and var other ? other
        : HoldsSums(layer) && Holds(layer) ? KernelVerdict.Able
        : KernelVerdict.OtherNumbers;

    private KernelVerdict JudgeShape(TShape layer, KernelTarget target) =>
        target.Language == KernelLanguage.C && (Required & ~target.Features) != 0 ? KernelVerdict.OtherCore
        : !IsFor(target) ? KernelVerdict.OtherSet
        : !TakesTypesOf(layer) ? KernelVerdict.OtherTypes
        : !Applies(layer) ? KernelVerdict.OtherShape
        : KernelVerdict.Able;

    /// <summary>Whether it reads and writes what the layer does.</summary>
    protected abstract bool TakesTypesOf(TShape layer);

    /// <summary>Whether its accumulators hold the sums of the layer.</summary>
    protected virtual bool HoldsSums(TLayer layer) => true;

    /// <summary>Most output rows of one step of a layer.</summary>
    public abstract int RowsOf(TShape layer);

    /// <summary>From the shape alone.</summary>
    public KernelCall Outline(TShape layer, KernelTarget target) =>
        Call(layer, target) with
        {
            Tables = TablesOf(layer),
            Fields = FieldsOf(layer),
        };

    /// <summary>With the constants of a layer.</summary>
    public KernelCall Bind(TLayer layer, KernelTarget target) => Call(layer, target) with { Parameters = ParametersOf(layer, target) };

    /// <summary>The fields of the parameter block in declaration order.</summary>
    protected abstract ImmutableArray<KernelParameter> ParametersOf(TLayer layer, KernelTarget target);

    /// <summary>The records of its table of which some may be kept in RAM; null where none are.</summary>
    protected virtual StreamRecords? RecordsOf(TShape layer) => null;

    /// <summary>Bytes of its constants that a call reads from flash.</summary>
    /// <param name="rows">Output rows of the call that are one long row.</param>
    /// <param name="kept">Records kept in RAM.</param>
    protected abstract double FlashBytesOf(TShape layer, int rows, int kept, KernelTarget target);

    /// <summary>Bytes of instructions that the loops of a call fetch again where a cache is too small for them.</summary>
    protected virtual double LoopBytesOf(TShape layer, int rows) => 0;

    /// <summary>The tables among them, with the content that the shape decides.</summary>
    protected abstract ImmutableArray<TableOutline> TablesOf(TShape layer);

    /// <summary>How many fields there are.</summary>
    protected virtual int FieldsOf(TShape layer) => ParameterBlock.FieldsOf(ParameterType).Length;

    /// <summary>Estimated cycles of one step, waiting for flash included.</summary>
    public double CyclesAndWaits(TShape layer, KernelTarget target) =>
        Cycles(layer, target) + (target.Flash is null ? 0 : Waits(layer, 1, 0, target));

    private double Waits(TShape layer, int rows, int kept, KernelTarget target) =>
        FlashCost.Read(target, FlashBytesOf(layer, rows, kept, target)) + FlashCost.FetchLoops(target, LoopBytesOf(layer, rows));

    private double CodeWaits(TShape layer, KernelTarget target) =>
        FlashCost.FetchCode(target, KernelCodeSizes.Bytes([.. Sources, .. Variants(layer)]));

    private KernelCall Call(TShape layer, KernelTarget target)
    {
        var cycles = Cycles(layer, target);
        var call = new KernelCall
        {
            Function = Function,
            Required = Required,
            Sources = ["mn_common.h", .. Tuning(target), .. Sources[..^1], .. Variants(layer), Sources[^1]],
            ParameterType = ParameterType,
            Parameters = default,
            Arguments = Arguments,
            Rows = RowsOf(layer),
            ScratchBytes = ScratchBytes(layer),
            StateBytes = StateBytes(layer),
            CyclesPerStep = cycles,
            CyclesPerJoinedRow = JoinedCycles?.Invoke(layer, target) ?? cycles,
            AloneShare = AloneShare(layer),
        };
        return target.Flash is null
            ? call
            : call with
            {
                Flash = new(
                    RecordsOf(layer),
                    (rows, kept) => Waits(layer, rows, kept, target),
                    CodeWaits(layer, target),
                    FlashCost.Copy(target, RecordsOf(layer)?.Bytes ?? 0)
                ),
            };
    }
}
