using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Execution.Layers;
using Xunit;

namespace McuNet.Execution.Tests.Layers;

/// <summary>A chain a, b, c of requantisations whose results differ by case as given.</summary>
public sealed class DifferenceCausesTests
{
    [Fact]
    public void Explain_EqualInputsInOneCase_NamesTheNodeAndThatCase()
    {
        var results = Explain([1, 0], [4, 2], [1, 1]);

        Assert.Equal([DifferenceCause.Node, DifferenceCause.Node, DifferenceCause.Inputs], results.Select(r => r.Cause!.Value));
        Assert.Equal([0, 1, 0], results.Select(r => r.Example));
    }

    [Fact]
    public void Explain_DifferenceThatVanishes_IsNoCauseOfALaterOne()
    {
        var results = Explain([1], [0], [1]);

        Assert.Equal([DifferenceCause.Node, null, DifferenceCause.Node], results.Select(r => r.Cause));
    }

    [Fact]
    public void Explain_UnobservedBehindADifference_PassesItOn()
    {
        var results = Explain([1], null, [1]);

        Assert.Equal([DifferenceCause.Node, null, DifferenceCause.Inputs], results.Select(r => r.Cause));
        Assert.Empty(results[2].Suspects);
    }

    [Fact]
    public void Explain_UnobservedBehindEqualResults_IsSuspect()
    {
        var results = Explain(null, null, [1]);

        Assert.Equal(DifferenceCause.Unknown, results[2].Cause);
        Assert.Equal(["a", "b"], results[2].Suspects.AsEnumerable());
    }

    private static ImmutableArray<LayerResult> Explain(params int[]?[] mismatches)
    {
        var type = new TensorType(TensorShape.Vector(4), ElementType.Int8, new(1, 0));
        var tensors = Enumerable.Range(0, mismatches.Length + 1).Select(i => new Tensor(new(i), $"t{i}", type)).ToImmutableArray();
        var nodes = mismatches
            .Select((_, i) => new Node(new(i), ((char)('a' + i)).ToString(), new Rescale(), [new(i)], new(i + 1)))
            .ToImmutableArray();
        var network = new NetworkGraph(
            "net",
            tensors,
            nodes,
            [new("in", new(0), [4], ElementType.Int8)],
            [new("out", new(mismatches.Length), [4], ElementType.Int8)]
        );
        var results = nodes.Select(
            (n, i) =>
                new LayerResult(
                    n,
                    n.Name,
                    null,
                    [.. (mismatches[i] ?? []).Select(m => new TensorDifference(4, m, m, null))],
                    mismatches[i] is null ? "hidden" : null
                )
        );
        return DifferenceCauses.Explain(network, [.. results]);
    }
}
