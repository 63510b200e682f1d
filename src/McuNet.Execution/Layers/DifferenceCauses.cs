using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Execution.Layers;

/// <summary>Tells nodes that differ by themselves from those whose inputs differ, case by case.</summary>
public static class DifferenceCauses
{
    /// <param name="results">In topological order; a node without a result passes its input on.</param>
    public static ImmutableArray<LayerResult> Explain(NetworkGraph network, ImmutableArray<LayerResult> results)
    {
        var byNode = results.ToDictionary(r => r.Node.Id);
        var cases = results.Select(r => r.Cases.Length).DefaultIfEmpty().Max();
        var states = Enumerable.Range(0, cases).Select(c => States(network, byNode, c)).ToArray();
        return [.. results.Select(r => r.Differs ? Explain(network, byNode, r, states) : r)];
    }

    private enum State
    {
        Equal,
        Unknown,
        Differs,
    }

    /// <summary>What is known of each tensor in one case.</summary>
    private static State[] States(NetworkGraph network, Dictionary<NodeId, LayerResult> results, int index)
    {
        var states = new State[network.Tensors.Length];
        foreach (var node in network.Nodes)
        {
            var inputs = Worst(node, states);
            states[node.Output.Value] =
                !results.TryGetValue(node.Id, out var result) ? inputs
                : !result.IsObserved ? (inputs == State.Differs ? State.Differs : State.Unknown)
                : result.Cases[index].Mismatches > 0 ? State.Differs
                : State.Equal;
        }

        return states;
    }

    private static State Worst(Node node, State[] states) => node.Inputs.Select(i => states[i.Value]).DefaultIfEmpty().Max();

    private static LayerResult Explain(NetworkGraph network, Dictionary<NodeId, LayerResult> results, LayerResult result, State[][] states)
    {
        var (cause, example) = Enumerable
            .Range(0, states.Length)
            .Where(c => result.Cases[c].Mismatches > 0)
            .Select(c => (Cause: CauseOf(Worst(result.Node, states[c])), Case: c))
            .OrderBy(c => c.Cause)
            .ThenByDescending(c => result.Cases[c.Case].Largest)
            .First();
        var suspects = cause == DifferenceCause.Unknown ? Unobserved(network, results, result.Node).Distinct() : [];
        return result with { Cause = cause, Example = example, Suspects = [.. suspects] };
    }

    private static DifferenceCause CauseOf(State inputs) =>
        inputs switch
        {
            State.Equal => DifferenceCause.Node,
            State.Unknown => DifferenceCause.Unknown,
            _ => DifferenceCause.Inputs,
        };

    private static IEnumerable<string> Unobserved(NetworkGraph network, Dictionary<NodeId, LayerResult> results, Node node)
    {
        foreach (var producer in node.Inputs.Select(network.ProducerOf).OfType<Node>())
        {
            var isKnown = results.TryGetValue(producer.Id, out var result);
            if (isKnown && result!.IsObserved)
                continue;
            foreach (var earlier in Unobserved(network, results, producer))
                yield return earlier;
            if (isKnown)
                yield return producer.Name;
        }
    }
}
