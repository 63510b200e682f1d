using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>A random network before its weights: what <see cref="RandomNetwork"/> builds, and what shrinks.</summary>
/// <param name="Numbers">Seed of weights, scales and zero points.</param>
public sealed record NetworkPlan(TensorShape Input, int Numbers, IReadOnlyList<LayerPlan> Layers, HeadPlan? Head)
{
    public static Gen<NetworkPlan> Any { get; } =
        Gen.Select(
            Gen.Select(Gen.Int[1, 14], Gen.Int[1, 14], Gen.Int[1, 5], (h, w, c) => new TensorShape(h, w, c)),
            Gen.Int[0, 999],
            LayerPlan.Any.Array[1, 8],
            Gen.Frequency((2, Gen.Const(() => (HeadPlan?)null)), (1, HeadPlan.Any.Select(h => (HeadPlan?)h))),
            (input, numbers, layers, head) => new NetworkPlan(input, numbers, layers, head)
        );

    /// <summary>The same for the same seed.</summary>
    public static NetworkPlan Of(int seed) => Any.Generate(Generator(seed), null, out _);

    /// <summary>
    /// A small network that fails where that of a seed does: the smallest that CsCheck draws, made simpler piece by piece for as long as it
    /// fails. CsCheck draws at random, so that it may end otherwise next time.
    /// </summary>
    /// <param name="tries">How many networks are drawn; those that are larger than one that fails are not tried.</param>
    public static NetworkPlan Smallest(int seed, Func<NetworkPlan, bool> passes, int tries)
    {
        var smallest = Of(seed);
        try
        {
            Any.Sample(plan => passes(plan) || (smallest = plan) is null, seed: Generator(seed).ToString(), iter: tries, threads: 1);
        }
        catch (CsCheckException)
        {
            while (smallest.Simpler().FirstOrDefault(p => !passes(p)) is { } simpler)
                smallest = simpler;
        }
        return smallest;
    }

    /// <summary>Each with one piece less.</summary>
    private IEnumerable<NetworkPlan> Simpler()
    {
        if (Head is not null)
            yield return this with
            {
                Head = null,
            };
        for (var i = 0; i < Layers.Count && Layers.Count > 1; i++)
            yield return this with
            {
                Layers = [.. Layers.Where((_, l) => l != i)],
            };
        foreach (
            var input in new[] { Input with { Height = 1 }, Input with { Width = 1 }, Input with { Channels = 1 } }.Where(input =>
                input != Input
            )
        )
            yield return this with
            {
                Input = input,
            };
        for (var i = 0; i < Layers.Count; i++)
        {
            foreach (var layer in Layers[i].Simpler())
                yield return this with
                {
                    Layers = [.. Layers.Select((l, at) => at == i ? layer : l)],
                };
        }
    }

    private static PCG Generator(int seed) => new(1, (ulong)seed);

    public override string ToString() =>
        $"{Input}, {string.Join(", ", Layers.Select(l => $"{l.Kind} {l.Channels}/{l.Variant}"))}{(Head is null ? "" : ", head")}";
}

/// <summary>The end of some networks: a mean, or none, and a fully connected layer with or without softmax.</summary>
public sealed record HeadPlan(bool Mean, bool OverWidth, int Outputs, bool Softmax)
{
    public static Gen<HeadPlan> Any { get; } =
        Gen.Select(
            Gen.Bool,
            Gen.Frequency((2, Gen.Const(true)), (1, Gen.Const(false))),
            Gen.Int[1, 11],
            Gen.Bool,
            (m, w, o, s) => new HeadPlan(m, w, o, s)
        );
}
