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
    public static double OfJoinedRow(TensorShape shape, KernelTarget target, double steps = 1, double floats = 0) =>
        OfRow(shape, target, steps, floats) - PortableCost.Call;

    /// <summary>
    /// A row, or a whole tensor, that is copied as it is. Kernels that only move are mostly part of their caller, so that a step costs
    /// nothing besides.
    /// </summary>
    public static double OfRun(int bytes, KernelTarget target) => bytes * PortableCost.Of(target).Gather * RunSixteen / 16;

    /// <summary>The same by a kernel that several layers call, for which the number of bytes is no constant.</summary>
    public static double OfCalledRun(int bytes, KernelTarget target) => PortableCost.Of(target).Gather * (PerCalled + Counted(bytes));

    /// <summary>What is left of that where one layer calls the kernel.</summary>
    public static double AloneShare(int bytes) => Math.Max(0, bytes - AloneSaves) / (bytes + PerCalledByte);

    /// <summary>A run in a row by a kernel that several layers call.</summary>
    public static double OfCalledSlice(int bytes, KernelTarget target) =>
        OfCalledRun(bytes, target) + PerSlice * PortableCost.Of(target).Gather;

    /// <summary>What is left of that where one layer calls the kernel.</summary>
    public static double AloneSlice(int bytes) => Math.Max(0, bytes - AloneSaves) / (bytes + PerCalledByte + PerSliceByte);

    /// <summary>What a pixel takes beside its elements.</summary>
    public static double OfPixels(TensorShape shape, KernelTarget target, double steps) =>
        shape.Width * steps * PortableCost.Of(target).Element;

    /// <summary>A row put together of pieces of some bytes each, which lie apart.</summary>
    public static double OfPieces(int pieces, int bytes, KernelTarget target) => pieces * Piece(bytes, target);

    /// <summary>A piece whose size is read from a table.</summary>
    public static double OfJoinedPiece(int bytes, KernelTarget target) => PortableCost.Of(target).Gather * (PerJoined + Counted(bytes));

    /// <summary>
    /// A row put together of pieces by a kernel that several layers call, for which the number of bytes is no constant; elements of 1, 2 or
    /// 4 bytes it moves as such.
    /// </summary>
    public static double OfCalledPieces(int pieces, int bytes, KernelTarget target) =>
        pieces * (bytes is 1 or 2 or 4 ? PortableCost.Of(target).Gather * PerCalledElement : OfJoinedPiece(bytes, target));

    /// <summary>What is left of that where one layer calls the kernel.</summary>
    public static double AlonePieces(int bytes) => PieceOf(bytes) / (bytes is 1 or 2 or 4 ? PerCalledElement : PerJoined + Counted(bytes));

    /// <summary>The same of pieces that a table chooses, none of them moved as elements.</summary>
    public static double AloneChosen(int bytes) => (PerChoice + PieceOf(bytes)) / (PerJoined + Counted(bytes));

    /// <summary>Elements of pixels that are moved one by one, by a kernel that several layers call.</summary>
    public static double OfCalledElements(int pixels, int elements, KernelTarget target) =>
        OfElements(pixels * elements, target) + pixels * PerCalledPixel * PortableCost.Of(target).Gather;

    /// <summary>What is left of that where one layer calls the kernel.</summary>
    /// <param name="elements">Of a pixel.</param>
    public static double AloneElements(int elements) => (PerElement * elements + PerPixel) / (PerElement * elements + PerCalledPixel);

    /// <summary>Elements that are moved one by one.</summary>
    private static double OfElements(int elements, KernelTarget target) => elements * PerElement * PortableCost.Of(target).Gather;

    /// <summary>Pieces that a loop within others moves: elements of 1, 2 or 4 bytes, or longer runs.</summary>
    public static double OfStrided(int pieces, int bytes, KernelTarget target) =>
        PortableCost.Of(target).Gather * PerLoop + pieces * Piece(bytes, target);

    /// <summary>
    /// What a run takes beside its bytes, and what the call of a step saves where the kernel is part of it, in units of a byte of a run;
    /// what a run in a row takes more.
    /// </summary>
    private const double PerCalledByte = 28,
        AloneSaves = 23,
        PerSliceByte = 20;

    private static double Counted(int bytes) => bytes / 16 * JoinedSixteen + bytes % 16 / 4 * JoinedFour + bytes % 4 * JoinedByte;

    private static double Piece(int bytes, KernelTarget target) => PortableCost.Of(target).Gather * PieceOf(bytes);

    private static double PieceOf(int bytes) =>
        bytes is 1 or 2 or 4 ? PerElement : PerPiece + bytes / 16 * PieceSixteen + bytes % 16 / 4 * PieceFour + bytes % 4 * PieceByte;

    /// <summary>
    /// In units of a byte that a kernel moves: sixteen bytes of a run; a piece, one from a table, sixteen of its bytes, four of those that
    /// are left, each of the last ones; a
    /// piece whose size is read, sixteen of its bytes, four of those that are left, each of the last ones; an element by itself; a loop;
    /// a run by a kernel that several layers call, and an element by one, with the pixel that it is of, and a pixel by the kernel of one
    /// layer; a run in a row by a kernel that several layers call, beside the run.
    /// </summary>
    private const double RunSixteen = 9,
        PerPiece = 3,
        PerChoice = 2,
        PieceSixteen = 5.6,
        PieceFour = 1.6,
        PieceByte = 5.7,
        PerJoined = 16.7,
        JoinedSixteen = 10.5,
        JoinedFour = 6.5,
        JoinedByte = 5.4,
        PerElement = 5.4,
        PerLoop = 4,
        PerCalled = 15,
        PerCalledElement = 7,
        PerCalledPixel = 13.7,
        PerPixel = 4,
        PerSlice = 13;
}
