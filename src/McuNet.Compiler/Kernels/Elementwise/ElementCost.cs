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

    /// <summary>
    /// A row, or a whole tensor, that is copied as it is. Kernels that only move are mostly part of their caller, so that a step costs nothing
    /// besides.
    /// </summary>
    public static double OfRun(int bytes, KernelTarget target) => bytes * PortableCost.Of(target).Gather * RunSixteen / 16;

    /// <summary>A row put together of pieces of some bytes each, which lie apart.</summary>
    public static double OfPieces(int pieces, int bytes, KernelTarget target) => pieces * Piece(bytes, target);

    /// <summary>The same where a table says which pieces.</summary>
    public static double OfChosenPieces(int pieces, int bytes, KernelTarget target) =>
        pieces * (Piece(bytes, target) + PerChoice * PortableCost.Of(target).Gather);

    /// <summary>A piece whose size is read from a table.</summary>
    public static double OfJoinedPiece(int bytes, KernelTarget target) => PortableCost.Of(target).Gather * (PerJoined + bytes * JoinedSixteen / 16);

    /// <summary>Elements that are moved one by one.</summary>
    public static double OfElements(int elements, KernelTarget target) => elements * PerElement * PortableCost.Of(target).Gather;

    /// <summary>Pieces that a loop within others moves: elements of 1, 2 or 4 bytes, or longer runs.</summary>
    public static double OfStrided(int pieces, int bytes, KernelTarget target) =>
        PortableCost.Of(target).Gather * PerLoop + pieces * (bytes is 1 or 2 or 4 ? PerElement * PortableCost.Of(target).Gather : Piece(bytes, target));

    private static double Piece(int bytes, KernelTarget target) => bytes is 1 or 2 or 4
        ? PortableCost.Of(target).Gather * PerElement
        : PortableCost.Of(target).Gather * (PerPiece + bytes / 16 * PieceSixteen + bytes % 16 / 4 * PieceFour + bytes % 4 * PieceByte);

    /// <summary>
    /// In units of a byte that a kernel moves: sixteen bytes of a run; a piece, one from a table, sixteen of its bytes, four of those that are left,
    /// each of the last ones; a
    /// piece whose size is read, sixteen of its bytes; an element by itself; a loop.
    /// </summary>
    private const double RunSixteen = 9, PerPiece = 3, PerChoice = 2, PieceSixteen = 5.6, PieceFour = 1.6, PieceByte = 5.7, PerJoined = 16.7,
        JoinedSixteen = 10.5, PerElement = 5.4, PerLoop = 4;
}
