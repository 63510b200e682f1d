using System;
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

    /// <summary>The same by a kernel that several layers call, for which the number of bytes is no constant.</summary>
    public static double OfCalledRun(int bytes, KernelTarget target) => PortableCost.Of(target).Gather * (PerCalled + Counted(bytes));

    /// <summary>What is left of that where one layer calls the kernel.</summary>
    public static double AloneShare(int bytes) => Math.Max(0, bytes - AloneSaves) / (bytes + PerCalledByte);

    /// <summary>What a pixel takes beside its elements.</summary>
    public static double OfPixels(TensorShape shape, KernelTarget target, double steps) => shape.Width * steps * PortableCost.Of(target).Element;

    /// <summary>A row put together of pieces of some bytes each, which lie apart.</summary>
    public static double OfPieces(int pieces, int bytes, KernelTarget target) => pieces * Piece(bytes, target);

    /// <summary>The same where a table says which pieces.</summary>
    public static double OfChosenPieces(int pieces, int bytes, KernelTarget target) =>
        pieces * (Piece(bytes, target) + PerChoice * PortableCost.Of(target).Gather);

    /// <summary>A piece whose size is read from a table.</summary>
    public static double OfJoinedPiece(int bytes, KernelTarget target) => PortableCost.Of(target).Gather * (PerJoined + Counted(bytes));

    /// <summary>Elements that are moved one by one.</summary>
    public static double OfElements(int elements, KernelTarget target) => elements * PerElement * PortableCost.Of(target).Gather;

    /// <summary>Pieces that a loop within others moves: elements of 1, 2 or 4 bytes, or longer runs.</summary>
    public static double OfStrided(int pieces, int bytes, KernelTarget target) =>
        PortableCost.Of(target).Gather * PerLoop + pieces * (bytes is 1 or 2 or 4 ? PerElement * PortableCost.Of(target).Gather : Piece(bytes, target));

    /// <summary>What a run takes beside its bytes, and what the call of a step saves where the kernel is part of it, in units of a byte of a run.</summary>
    private const double PerCalledByte = 28, AloneSaves = 23;

    private static double Counted(int bytes) => bytes / 16 * JoinedSixteen + bytes % 16 / 4 * JoinedFour + bytes % 4 * JoinedByte;

    private static double Piece(int bytes, KernelTarget target) => bytes is 1 or 2 or 4
        ? PortableCost.Of(target).Gather * PerElement
        : PortableCost.Of(target).Gather * (PerPiece + bytes / 16 * PieceSixteen + bytes % 16 / 4 * PieceFour + bytes % 4 * PieceByte);

    /// <summary>
    /// In units of a byte that a kernel moves: sixteen bytes of a run; a piece, one from a table, sixteen of its bytes, four of those that are left,
    /// each of the last ones; a
    /// piece whose size is read, sixteen of its bytes, four of those that are left, each of the last ones; an element by itself; a loop;
    /// a run by a kernel that several layers call.
    /// </summary>
    private const double RunSixteen = 9, PerPiece = 3, PerChoice = 2, PieceSixteen = 5.6, PieceFour = 1.6, PieceByte = 5.7, PerJoined = 16.7,
        JoinedSixteen = 10.5, JoinedFour = 6.5, JoinedByte = 5.4, PerElement = 5.4, PerLoop = 4, PerCalled = 15;
}
