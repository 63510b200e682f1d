using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Search.Spaces;

namespace McuNet.Search.Evolution;

/// <summary>
/// Fills places with networks that fit and are new. A place whose network does not fit or has been there draws again. Every draw has a
/// generator of its own, and places are filled in order after all of a round are judged, so that threads change nothing.
/// </summary>
public static class Draw
{
    /// <summary>Draws per place before it is left empty.</summary>
    public const int Attempts = 400;

    /// <param name="draw">(place, generator) -> network.</param>
    /// <param name="hash">Identifies a network.</param>
    /// <param name="judge">Networks -> those that fit as candidates, null for the others; may use threads.</param>
    /// <param name="seen">Hashes of networks that have been there; gains those that are placed.</param>
    public static (ImmutableArray<Candidate> Candidates, DrawCounts Counts) Fill(
        int places,
        ulong seed,
        ulong stream,
        Func<int, SplitMix64, Architecture> draw,
        Func<Architecture, string> hash,
        Func<IReadOnlyList<Architecture>, IReadOnlyList<Candidate?>> judge,
        ISet<string> seen
    )
    {
        var placed = new Candidate?[places];
        var (drawn, duplicates, infeasible) = (0, 0, 0);
        var open = Enumerable.Range(0, places).ToArray();
        for (var attempt = 0; attempt < Attempts && open.Length > 0; attempt++)
        {
            var networks = open.Select(p => draw(p, SplitMix64.For(seed, stream, (ulong)p, (ulong)attempt))).ToArray();
            var fresh = open.Zip(networks).Where(n => !seen.Contains(hash(n.Second))).ToArray();
            var judged = judge(fresh.Select(n => n.Second).ToArray());
            drawn += networks.Length;
            duplicates += networks.Length - fresh.Length;
            for (var i = 0; i < fresh.Length; i++)
            {
                if (judged[i] is not { } candidate)
                    infeasible++;
                else if (!seen.Add(candidate.Hash))
                    duplicates++;
                else
                    placed[fresh[i].First] = candidate;
            }
            open = open.Where(p => placed[p] is null).ToArray();
        }
        return ([.. placed.OfType<Candidate>()], new DrawCounts(drawn, duplicates, infeasible, open.Length));
    }
}
