using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Programs;

/// <summary>Where the arguments of a layer's kernel lie.</summary>
/// <param name="Scratch">Offset in bytes of the arena.</param>
/// <param name="State">Offset of its accumulators, as <see cref="StateArgument.Offset"/>.</param>
public sealed record LayerMemory(ImmutableArray<TensorBuffer> Inputs, TensorBuffer Output, int Scratch, int State);

/// <summary>A layer as generated code runs it: its kernel with constants, and every argument resolved.</summary>
public sealed record LayerCall
{
    /// <summary>By which tables of steps, profiles and generated names refer to it.</summary>
    public required int Number { get; init; }

    /// <summary>In the model.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the operator.</summary>
    public required string Kind { get; init; }

    public required long Macs { get; init; }

    public required LayerMemory Memory { get; init; }

    /// <summary>With the fields of its parameter block; no function where the application delivers rows.</summary>
    public required KernelCall Kernel { get; init; }

    /// <summary>After the parameter block, in order.</summary>
    public required ImmutableArray<CallArgument> Arguments { get; init; }

    /// <summary>Output rows of one call where the layer runs in blocks of less than all of them; else 0.</summary>
    public required int BlockRows { get; init; }

    /// <summary>Whether steps that are run together are one call of the kernel, rather than one each.</summary>
    public required bool IsOneCall { get; init; }

    /// <summary>The part of the inference in which it runs by itself; null where the table holds its steps.</summary>
    public LayerPart? Part { get; init; }

    /// <summary>Whether its kernel is a function that other layers call too, or may.</summary>
    public bool SharesKernel { get; init; }

    /// <summary>
    /// Whether its function is part of the inference. One with a kernel of its own stays a function: inlined, the kernel's stack would be
    /// that of the whole inference.
    /// </summary>
    public bool IsInlined => Part is not null && IsOneCall && SharesKernel;

    /// <summary>Whether the application delivers the rows of its output.</summary>
    public bool IsDelivery => Kernel.IsDelivery;

    /// <summary>The constants among the fields of its parameter block.</summary>
    public bool HasTables => Kernel.Parameters.Any(p => p is TableParameter);

    /// <summary>The arguments that a kernel asks for.</summary>
    /// <param name="rows">Of the operator.</param>
    /// <param name="joined">Whether the rows of a step are one long row to the kernel.</param>
    public static ImmutableArray<CallArgument> Bind(KernelCall kernel, RowDependency rows, LayerMemory memory, bool joined)
    {
        return [.. kernel.Arguments.Select(Argument)];

        CallArgument Argument(KernelArgument argument) =>
            argument switch
            {
                KernelArgument.Window => new WindowArgument(memory.Inputs[0], rows.Span!),
                KernelArgument.Rows => new RowsArgument(
                    [.. memory.Inputs.Select((b, i) => b.Row(rows.RowOf(i)))],
                    !KernelTypes.IsStated(kernel.Function)
                ),
                KernelArgument.Row0 => new RowArgument(memory.Inputs[0].Row(rows.RowOf(0)), IsOutput: false),
                KernelArgument.Row1 => new RowArgument(memory.Inputs[1].Row(rows.RowOf(1)), IsOutput: false),
                KernelArgument.Row => new PieceArgument([
                    .. rows
                        .Pieces.Where(p => p.End > 0)
                        .DistinctBy(p => p.End)
                        .Select(p => (p.End, p.Input is { } input ? memory.Inputs[input].Row(p.Row) : null)),
                ]),
                KernelArgument.Whole0 => new RowArgument(memory.Inputs[0].Row(new FirstRow()), IsOutput: false),
                KernelArgument.Buffer0 => new BufferArgument(memory.Inputs[0], IsOutput: false),
                KernelArgument.OutputBuffer => new BufferArgument(memory.Output, IsOutput: true),
                KernelArgument.Block => new BlockArgument(),
                KernelArgument.Output => new RowArgument(memory.Output.Row(rows.OutputRow), IsOutput: true),
                KernelArgument.Columns => new ColumnsArgument(0, memory.Output.Type.Shape.Width, joined),
                KernelArgument.EndColumn => new ColumnsArgument(null, memory.Output.Type.Shape.Width, joined),
                KernelArgument.Step => new StepArgument(),
                KernelArgument.Scratch => new ScratchArgument(Math.Max(0, memory.Scratch)),
                KernelArgument.State => new StateArgument(Math.Max(0, memory.State)),
                _ => throw new InvalidOperationException(),
            };
    }
}
