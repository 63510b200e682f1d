namespace McuNet.Compiler.Operators;

/// <summary>What a reduction makes of the values that fall on one.</summary>
public enum ReduceFunction
{
    Sum,
    Mean,
    Min,
    Max,

    /// <summary>Of real numbers only.</summary>
    Prod,
}
