using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Programs;

/// <summary>What a kernel is handed, resolved to places in memory: a <see cref="Kernels.KernelArgument"/> of one layer.</summary>
public abstract record CallArgument;

/// <summary>Pointers to the rows of a window, null for padding.</summary>
public sealed record WindowArgument(TensorBuffer Buffer, RowSpan Rows) : CallArgument;

/// <summary>Pointers to rows, one of each input: an array.</summary>
/// <param name="AsBytes">Whether the kernel takes elements of any type, and so pointers to bytes.</param>
public sealed record RowsArgument(ImmutableArray<RowReference> Rows, bool AsBytes) : CallArgument;

/// <summary>Pointer to a row.</summary>
public sealed record RowArgument(RowReference Row, bool IsOutput) : CallArgument;

/// <summary>Pointer to the row of the first piece that ends behind the step; null where that has none.</summary>
public sealed record PieceArgument(ImmutableArray<(int End, RowReference? Row)> Pieces) : CallArgument
{
    public RowReference? At(int step) => Pieces.First(p => step < p.End).Row;
}

/// <summary>Address of a buffer and its slots: two arguments.</summary>
public sealed record BufferArgument(TensorBuffer Buffer, bool IsOutput) : CallArgument;

/// <summary>The first output row of the step and how many it has: two arguments.</summary>
public sealed record BlockArgument : CallArgument;

/// <summary>Columns [Begin, End) to compute: two arguments, or one where the kernel begins at the first column.</summary>
/// <param name="Begin">Null where the kernel asks for the end alone.</param>
/// <param name="PerRow">Whether the rows of a step are one long row, so that the end is multiplied by their number.</param>
public sealed record ColumnsArgument(int? Begin, int End, bool PerRow) : CallArgument;

/// <summary>Number of the step.</summary>
public sealed record StepArgument : CallArgument;

/// <summary>Scratch memory at an offset of the arena, in bytes.</summary>
public sealed record ScratchArgument(int Offset) : CallArgument;

/// <summary>Accumulators at an offset of the memory that holds them: bytes of the arena, or words of an array of their own.</summary>
public sealed record StateArgument(int Offset) : CallArgument;
