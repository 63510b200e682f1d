using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Search.Spaces;

namespace McuNet.Search.Evolution;

/// <summary>The state of an evolution after a generation.</summary>
/// <param name="Scored">All networks so far, in the order they were scored.</param>
public sealed record Generation(int Number, ImmutableArray<Scored> Scored, DrawCounts Counts)
{
    /// <summary>Best first; among equals the smaller hash.</summary>
    public ImmutableArray<Scored> Best(int count) => [.. Ranked(Scored).Take(count)];

    public static IOrderedEnumerable<Scored> Ranked(IEnumerable<Scored> scored) =>
        scored.OrderByDescending(s => s.Score).ThenBy(s => s.Candidate.Hash, StringComparer.Ordinal);
}

/// <summary>
/// Evolution with elitism: the best of all networks so far are the parents of the next generation. Depends on the seed, on what fits, and
/// on the scores alone.
/// </summary>
/// <param name="judge">Networks -> those that fit, null for the others.</param>
/// <param name="score">Candidates -> scores in the same order.</param>
/// <param name="redistribute">A parent with kernels moved to later layers; null where there is no such proposal.</param>
public sealed class EvolutionRun(
    SearchSpace space,
    EvolutionSettings settings,
    ulong seed,
    Func<IReadOnlyList<Architecture>, IReadOnlyList<Candidate?>> judge,
    Func<IReadOnlyList<Candidate>, Task<IReadOnlyList<double>>> score,
    Func<Architecture, SplitMix64, Architecture?>? redistribute = null
)
{
    /// <param name="seeds">Networks of the first generation, at most as many as its population; the rest is drawn.</param>
    /// <param name="observe">Called after every generation.</param>
    public async Task<Generation> RunAsync(IReadOnlyList<Candidate> seeds, Action<Generation>? observe = null)
    {
        var seen = seeds.Select(s => s.Hash).ToHashSet(StringComparer.Ordinal);
        var (random, counts) = Draw.Fill(
            settings.Population - seeds.Count,
            seed,
            0,
            (_, g) => Sampling.Uniform(space, g),
            Hash,
            judge,
            seen
        );
        var state = await Extend(new Generation(0, [], new DrawCounts()), [.. seeds, .. random], counts, 0);
        observe?.Invoke(state);
        for (var number = 1; number <= settings.Generations && !state.Scored.IsEmpty; number++)
        {
            var parents = state.Best(settings.Parents);
            var (children, drawn) = Draw.Fill(
                settings.Crossovers + settings.Mutations,
                seed,
                (ulong)number,
                (place, g) => Child(parents, place, g),
                Hash,
                judge,
                seen
            );
            state = await Extend(state, children, drawn, number);
            observe?.Invoke(state);
        }
        return state;
    }

    private string Hash(Architecture architecture) => NetworkLayer.Hash(space, architecture);

    private Architecture Child(ImmutableArray<Scored> parents, int place, SplitMix64 random)
    {
        var parent = Sampling.Pick(parents, random).Candidate.Architecture;
        if (place < settings.Crossovers)
            return Variation.Cross(space, parent, Sampling.Pick(parents, random).Candidate.Architecture, random);
        var redistributed = random.Unit() < settings.Redistribution ? redistribute?.Invoke(parent, random) : null;
        return redistributed ?? Variation.Mutate(space, parent, settings.Probability, random);
    }

    private async Task<Generation> Extend(Generation state, ImmutableArray<Candidate> children, DrawCounts counts, int number)
    {
        var scores = children.IsEmpty ? [] : await score(children);
        return new Generation(number, state.Scored.AddRange(children.Zip(scores, (c, s) => new Scored(c, s))), state.Counts + counts);
    }
}
