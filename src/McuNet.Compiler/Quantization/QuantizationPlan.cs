using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>How one tensor between nodes is represented in the quantised model.</summary>
internal abstract record TensorRule
{
    /// <summary>Quantised over the range observed on <paramref name="Source"/>: the tensor itself, or the one that it is a view
    /// of.</summary>
    public sealed record FromRange(string Source) : TensorRule;

    /// <summary>Quantised over a range that the operator guarantees. <paramref name="Zero"/> counts from the lowest integer.</summary>
    public sealed record Fixed(float Scale, int Zero) : TensorRule;

    /// <summary>Never leaves the accumulator: only the activation behind it reads it.</summary>
    public sealed record Inside : TensorRule;

    /// <summary>A real number in the quantised model too.</summary>
    public sealed record Real : TensorRule;
}

/// <summary>
/// Where the quantised model rounds: at every tensor but those inside a layer. Poolings by maximum, reshapes and the like share their
/// operand's quantisation, so that they copy integers.
/// </summary>
internal sealed record QuantizationPlan(ImmutableDictionary<string, TensorRule> Rules)
{
    public ImmutableArray<string> Observed =>
        [.. Rules.Values.OfType<TensorRule.FromRange>().Select(r => r.Source).Distinct().Order(System.StringComparer.Ordinal)];

    /// <param name="values">What the importer knows of values; those that are whole numbers or truth values are not rounded.</param>
    public static QuantizationPlan Of(OnnxModel model, IReadOnlyDictionary<string, ImportedValue> values)
    {
        var rules = new Dictionary<string, TensorRule>();
        var outputs = model.Graph.Outputs.Select(o => o.Name).ToHashSet();
        foreach (var input in model.Graph.Inputs)
            rules[input.Name] = input.Type == OnnxType.Float ? new TensorRule.FromRange(input.Name) : new TensorRule.Real();
        foreach (var node in model.Graph.Nodes)
        {
            foreach (var output in node.Outputs.Where(o => o.Length > 0))
            {
                rules[output] = values.GetValueOrDefault(output) is Activation { Kind: not ValueKind.Real }
                    ? new TensorRule.Real()
                    : RuleOf(model, node, output, rules, outputs.Contains(output));
            }
        }

        return new(rules.ToImmutableDictionary());
    }

    private static TensorRule RuleOf(OnnxModel model, OnnxNode node, string output, Dictionary<string, TensorRule> rules, bool isPort)
    {
        var operand = node.Inputs.Select(rules.GetValueOrDefault).OfType<TensorRule>().FirstOrDefault();
        var results = OnnxOperators.ResultsOf(node);
        if (results == ResultValues.Real || (results == ResultValues.Moved && operand is TensorRule.Real))
            return new TensorRule.Real();
        if (results == ResultValues.Moved && operand is TensorRule.FromRange or TensorRule.Fixed)
            return operand;
        var uses = model.Graph.Nodes.Where(n => n.Inputs.Contains(output)).ToArray();
        if (
            !isPort
            && results is ResultValues.Computed or ResultValues.Limited
            && uses is [var only]
            && OnnxOperators.ResultsOf(only) == ResultValues.Limited
        )
            return new TensorRule.Inside();
        return OnnxOperators.Of(node)?.ResultSteps is var (scale, zero)
            ? new TensorRule.Fixed(scale, zero)
            : new TensorRule.FromRange(output);
    }
}
