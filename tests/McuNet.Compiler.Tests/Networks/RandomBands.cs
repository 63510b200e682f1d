using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>Random legal choices of segments to cut into bands, few or many of them, of one node or of many.</summary>
public static class RandomBands
{
    public static IReadOnlyList<BandChoice> Choose(NetworkGraph graph, int seed)
    {
        var (random, cuts, choices) = (new Random(seed), Cuts.Of(graph), new List<BandChoice>());
        for (var first = 0; first < graph.Nodes.Length; )
        {
            var legal = (
                from end in Enumerable.Range(first + 1, graph.Nodes.Length - first)
                from bands in Enumerable.Range(2, 4)
                let choice = new BandChoice(first, end, bands)
                where BandRewrite.WhyNot(graph, cuts, choice) is null
                select choice
            ).ToArray();
            if (legal.Length == 0 || random.Next(4) == 0)
            {
                first++;
                continue;
            }
            choices.Add(legal[random.Next(legal.Length)]);
            first = choices[^1].End;
        }
        return choices;
    }
}
