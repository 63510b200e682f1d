namespace McuNet.Compiler.Operators;

/// <summary>
/// How many elements of an operand lie from what one row, column, channel of a product reads to what the next does, and from one term of a
/// sum to the next.
/// </summary>
public sealed record MatrixSteps(int Row, int Column, int Channel, int Inner);
