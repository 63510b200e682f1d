namespace McuNet.Compiler.Operators;

/// <summary>A function of two real numbers, the elements of two operands. Numbers are those of <c>mn_elementwise.h</c>.</summary>
public enum ElementFunction
{
    Add = 0,
    Sub = 1,
    Mul = 2,
    Div = 3,
    Min = 4,
    Max = 5,

    /// <summary>The first operand where it is not negative, else its product with the second.</summary>
    PRelu = 6,
}
