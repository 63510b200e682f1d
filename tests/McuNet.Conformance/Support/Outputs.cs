using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using Xunit;

namespace McuNet.Conformance;

/// <summary>What an executor gave: bytes by case, then by output, in stored order.</summary>
internal sealed record Outputs(ImmutableArray<ImmutableArray<byte[]>> Cases)
{
    /// <summary>What the reference evaluator gives: the definition of every other executor's result.</summary>
    public static Outputs Reference(NetworkGraph graph, IEnumerable<IReadOnlyList<byte[]>> cases) =>
        new(
            cases
                .Select(inputs =>
                    ReferenceEvaluator
                        .Run(graph, graph.Inputs.Select((p, i) => new TensorData(graph[p.Tensor].Type, inputs[i])).ToArray())
                        .Select(o => o.Bytes)
                        .ToImmutableArray()
                )
                .ToImmutableArray()
        );

    /// <summary>Equal bytes in as many cases as <paramref name="actual"/> has.</summary>
    public void AssertEqual(string executor, Outputs actual)
    {
        Assert.NotEmpty(actual.Cases);
        for (var c = 0; c < actual.Cases.Length; c++)
        {
            for (var o = 0; o < Cases[c].Length; o++)
                Assert.True(
                    Difference(Cases[c][o], actual.Cases[c][o]) is null,
                    $"{executor}, case {c}, output {o}: {Difference(Cases[c][o], actual.Cases[c][o])}"
                );
        }
    }

    /// <summary>How two tensors differ, or null.</summary>
    public static string? Difference(byte[] expected, byte[] actual)
    {
        if (expected.AsSpan().SequenceEqual(actual))
            return null;
        if (expected.Length != actual.Length)
            return $"{actual.Length} bytes instead of {expected.Length}";
        var first = expected.AsSpan().CommonPrefixLength(actual);
        return $"{expected.Zip(actual).Count(p => p.First != p.Second)} of {expected.Length} bytes differ, the first at {first}: {actual[first]} instead of {expected[first]}";
    }
}
