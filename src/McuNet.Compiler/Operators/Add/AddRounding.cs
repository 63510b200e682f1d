namespace McuNet.Compiler.Operators;

/// <summary>Where a sum of two tensors rounds.</summary>
public enum AddRounding
{
    /// <summary>Real operands are added, the sum is divided by the output's scale and rounded, and its zero point comes last: Add between
    /// DequantizeLinear and QuantizeLinear.</summary>
    BeforeZeroPoint,

    /// <summary>The output's zero point is part of the number that is rounded: com.microsoft.QLinearAdd.</summary>
    WithZeroPoint,
}
