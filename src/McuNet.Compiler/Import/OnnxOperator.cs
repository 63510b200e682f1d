using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import;

/// <summary>Whether an operator is defined on integers that stand between QuantizeLinear and DequantizeLinear.</summary>
public enum IntegerOperands
{
    /// <summary>ONNX defines it on real numbers only, or ONNX Runtime has no kernel for 8-bit integers to compare with.</summary>
    Refused,

    /// <summary>It computes on the integers as they are stored: a missing value is the integer 0, a limit an integer.</summary>
    Stored,

    /// <summary>It takes integers together with their scales and zero points.</summary>
    Quantized,
}

/// <summary>What the values of a result are beside those of the operand: what its quantisation follows from.</summary>
public enum ResultValues
{
    /// <summary>Others.</summary>
    Computed,

    /// <summary>Shares of one, which no operator behind may limit.</summary>
    Shares,

    /// <summary>The same, copied or compared: both have one quantisation.</summary>
    Moved,

    /// <summary>The same within limits, which are free where the operator before it can keep them.</summary>
    Limited,

    /// <summary>Real numbers, even of integers.</summary>
    Real,
}

/// <summary>An operator of ONNX: what it takes and gives, beyond which a node is refused before it is read, and what is known of its
/// values.</summary>
/// <param name="MostInputs"><see cref="int.MaxValue"/> for any number.</param>
/// <param name="MostOutputs">Of which only the first is read.</param>
public sealed record OnnxOperator(
    string Domain,
    string Operator,
    int FewestInputs,
    int MostInputs,
    int MostOutputs,
    IntegerOperands Integers,
    FrozenDictionary<string, OnnxAttributeType> Attributes
)
{
    /// <summary>Makes a node part of the network.</summary>
    internal Action<NodeImport>? Import { get; init; }

    public ResultValues Results { get; init; }

    /// <summary>Whether it gives of whole numbers what it gives of the same real ones, or its row sees to it that it does.</summary>
    public bool TakesNumbers { get; init; }

    /// <summary>Values of the attribute <c>mode</c> with which a result lies between several values of the operand, rather than being one
    /// of them.</summary>
    public ImmutableArray<string> BlendingModes { get; init; } = [];

    /// <summary>Whether every output is read, rather than the first.</summary>
    public bool GivesAll { get; init; }

    /// <summary>The range that results have whatever the operand, as a quantisation of 256 steps whose zero counts from the lowest; null
    /// where there is none.</summary>
    public (float Scale, int Zero)? ResultSteps { get; init; }

    /// <summary>Whether dimension 1 of the result is that of the operand.</summary>
    public bool KeepsChannels { get; init; }

    /// <summary>What the values of a node's result are.</summary>
    public ResultValues ResultsOf(OnnxNode node) =>
        node.Attribute("mode")?.Text is { } mode && BlendingModes.Contains(mode) ? ResultValues.Computed : Results;

    /// <summary>What of a node the operator does not have: a name, its value and what is possible; null where all is well.</summary>
    public (string Name, string Value, string Advice)? Fault(OnnxNode node)
    {
        var inputs = node.Inputs.Length;
        if (inputs < FewestInputs || inputs > MostInputs)
            return ("number of inputs", inputs.ToString(CultureInfo.InvariantCulture), $"{Operator} takes {Counts}.");
        if (node.Outputs.Length > MostOutputs)
            return (
                "number of outputs",
                node.Outputs.Length.ToString(CultureInfo.InvariantCulture),
                $"{Operator} gives at most {MostOutputs}."
            );
        var seen = new HashSet<string>();
        foreach (var attribute in node.Attributes)
        {
            if (!Attributes.TryGetValue(attribute.Name, out var type))
                return ("attribute", attribute.Name, $"{Operator} has no such attribute; check the model with onnx.checker.");
            if (!seen.Add(attribute.Name))
                return (attribute.Name, "two values", "Give the attribute once.");
            if (attribute.Type != type && attribute.Type != OnnxAttributeType.Undefined)
                return (attribute.Name, $"a value of type {attribute.Type}", $"ONNX gives it the type {type}.");
        }

        return null;
    }

    private string Counts =>
        MostInputs == int.MaxValue ? $"at least {FewestInputs}"
        : FewestInputs == MostInputs ? $"{FewestInputs}"
        : $"{FewestInputs} to {MostInputs}";
}
