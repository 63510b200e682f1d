using System.Linq;

namespace McuNet.Compiler.Graph;

/// <summary>How the types of an operator's operands and result go together.</summary>
public enum TypeRule
{
    /// <summary>All are quantised, or all are real. Scales may differ.</summary>
    OneKind,

    /// <summary>All are quantised, or all are real, or the result alone is real.</summary>
    OneKindOrRealResult,

    /// <summary>The result has the element type and quantisation of every operand.</summary>
    Kept,

    /// <summary>Real operands, a quantised result.</summary>
    RealToInteger,

    /// <summary>Quantised operands, a real result.</summary>
    IntegerToReal,

    /// <summary>All are quantised.</summary>
    IntegerToInteger,

    /// <summary>Quantised or real operands, a real result.</summary>
    RealResult,

    /// <summary>There are none.</summary>
    NoOperands,

    /// <summary>The last operand is real: places among elements of any type, which the others have and the result keeps.</summary>
    RealPlaces,
}

/// <summary>What an operator takes: how many operands, 0 for any number but none, and how types go together.</summary>
public sealed record OperandRule(int Count, TypeRule Types)
{
    /// <returns>What breaks the rule, or null.</returns>
    public string? Fault(NodeTypes types)
    {
        if (types.Inputs.Length == 0 != (Types == TypeRule.NoOperands) || (Count != 0 && types.Inputs.Length != Count))
            return $"has {types.Inputs.Length} operands";
        var fits = Types switch
        {
            TypeRule.OneKind => types.Inputs.All(t => t.IsQuantized == types.Output.IsQuantized),
            TypeRule.OneKindOrRealResult => types.Inputs.All(t => t.IsQuantized == types.Inputs[0].IsQuantized)
                && (types.Inputs[0].IsQuantized || !types.Output.IsQuantized),
            TypeRule.Kept => types.Inputs.All(t => t.Element == types.Output.Element && t.Quantization == types.Output.Quantization),
            TypeRule.RealToInteger => types.Inputs.All(t => !t.IsQuantized) && types.Output.IsQuantized,
            TypeRule.IntegerToReal => types.Inputs.All(t => t.IsQuantized) && !types.Output.IsQuantized,
            TypeRule.IntegerToInteger => types.Inputs.Append(types.Output).All(t => t.IsQuantized),
            TypeRule.RealResult => !types.Output.IsQuantized,
            TypeRule.RealPlaces => !types.Inputs[^1].IsQuantized
                && types.Inputs.SkipLast(1).All(t => t.Element == types.Output.Element && t.Quantization == types.Output.Quantization),
            _ => true,
        };
        return fits ? null : $"takes {string.Join(", ", types.Inputs.Select(GraphText.Type))} and gives {GraphText.Type(types.Output)}";
    }
}
