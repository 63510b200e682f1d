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

    /// <summary>The first to the power of the second, of real numbers only; numbers of <c>mn_elementwise_math.h</c>.</summary>
    Pow = 9,

    /// <summary>The remainder of the first over the second, with the sign of the first, of real numbers only.</summary>
    Mod = 11,

    /// <summary>1 where the first equals the second, else 0; numbers of <c>mn_compare.h</c> from here on. What is no number equals
    /// nothing.</summary>
    Equal = 13,

    /// <summary>1 where they differ, else 0.</summary>
    NotEqual = 14,
    Less = 15,
    LessOrEqual = 16,
    Greater = 17,
    GreaterOrEqual = 18,
}
