using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Programs;

/// <summary>A tensor in the arena as code addresses it: row y begins at Offset + (y mod Slots) * RowBytes.</summary>
/// <param name="Offset">In bytes from the begin of the arena.</param>
/// <param name="Slots">Rows that it has room for; fewer than the tensor has: a ring of lines.</param>
public sealed record TensorBuffer(TensorType Type, int Offset, int Slots)
{
    public bool IsRing => Slots < Type.Shape.Height;

    public int RowBytes => Type.RowBytes;

    public int Bytes => RowBytes * Slots;

    public int End => Offset + Bytes;

    public RowReference Row(RowIndex index) => new(this, index);
}

/// <summary>A row of a buffer, given by the step.</summary>
public sealed record RowReference(TensorBuffer Buffer, RowIndex Index);
