using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>Cycles of kernels that compute a step element by element.</summary>
internal static class ElementCost
{
    /// <param name="steps">Elementary operations per element of the row.</param>
    public static double OfRow(TensorShape shape, KernelTarget target, double steps = 1) =>
        PortableCost.Call + shape.RowElements * steps * PortableCost.Of(target).Element;

    /// <summary>As <see cref="OfRow"/>, with float operations or requantisations on top.</summary>
    public static double OfRow(TensorShape shape, KernelTarget target, double steps, double floats) =>
        OfRow(shape, target, steps) + shape.RowElements * floats * PortableCost.Of(target).FloatOperation;

    /// <summary>What a further row adds to a step whose rows count as one.</summary>
    public static double OfJoinedRow(TensorShape shape, KernelTarget target, double steps = 1, double floats = 0) => OfRow(shape, target, steps, floats) - PortableCost.Call;

    /// <summary>A row moved from one place to another.</summary>
    public static double OfCopy(TensorType row, KernelTarget target) => PortableCost.Call + row.RowBytes * PortableCost.Of(target).Gather / BytesPerCopy;

    /// <summary>A row put together of pieces of some bytes each, which lie apart.</summary>
    public static double OfPieces(int pieces, int bytes, KernelTarget target)
    {
        var gather = PortableCost.Of(target).Gather;
        return PortableCost.Call + pieces * gather * (bytes < LeastCopy ? PerPiece + PerByte * bytes : PerCopy + bytes / BytesPerCopy);
    }

    /// <summary>Pieces that a loop within others moves: elements of 1, 2 or 4 bytes, or longer runs.</summary>
    public static double OfStrided(int pieces, int bytes, KernelTarget target) =>
        PerLoop * PortableCost.Of(target).Gather + (bytes is 1 or 2 or 4 ? OfElements(pieces, target) : OfPieces(pieces, bytes, target)) - PortableCost.Call;

    /// <summary>Elements that are moved one by one.</summary>
    public static double OfElements(int elements, KernelTarget target) => PortableCost.Call + elements * PerElement * PortableCost.Of(target).Gather;

    /// <summary>Pieces from this many bytes on are copied by memcpy.</summary>
    private const int LeastCopy = 12;

    /// <summary>In units of a byte that a kernel moves: set-up of a short piece, each of its bytes, set-up of a long one, an element by itself, a loop.</summary>
    private const double PerPiece = 8, PerByte = 4, PerCopy = 25, PerElement = 5, PerLoop = 20;

    /// <summary>Bytes that memcpy moves in the time a kernel moves one.</summary>
    private const double BytesPerCopy = 3;
}
