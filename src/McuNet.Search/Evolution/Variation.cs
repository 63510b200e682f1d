using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Search.Spaces;

namespace McuNet.Search.Evolution;

/// <summary>Children of networks: every gene that differs from the parents' is one of the space's choices.</summary>
public static class Variation
{
    /// <summary>The parent with each gene drawn anew with a probability; blocks that a deeper stage gains are drawn too.</summary>
    public static Architecture Mutate(SearchSpace space, Architecture parent, double probability, SplitMix64 random)
    {
        var drawn = Sampling.Uniform(space, random);
        bool Changes() => random.Unit() < probability;
        return new Architecture
        {
            Resolution = Changes() ? drawn.Resolution : parent.Resolution,
            Width = Changes() ? drawn.Width : parent.Width,
            FirstKernel = Changes() ? drawn.FirstKernel : parent.FirstKernel,
            Stages = Stages(space, s => Mutate(space.Stages[s], StageOf(parent, s), Changes, random)),
        };
    }

    /// <summary>Each gene from either parent; blocks that only one of them has come from that one.</summary>
    public static Architecture Cross(SearchSpace space, Architecture first, Architecture second, SplitMix64 random)
    {
        bool Heads() => random.Below(2) == 0;
        return new Architecture
        {
            Resolution = Heads() ? first.Resolution : second.Resolution,
            Width = Heads() ? first.Width : second.Width,
            FirstKernel = Heads() ? first.FirstKernel : second.FirstKernel,
            Stages = Stages(space, s => Cross(StageOf(first, s), StageOf(second, s), Heads)),
        };
    }

    private static ImmutableArray<StageChoice> Stages(SearchSpace space, Func<int, StageChoice> make) =>
        [.. Enumerable.Range(0, space.Stages.Length).Select(make).Where(s => !s.Blocks.IsEmpty)];

    private static StageChoice StageOf(Architecture architecture, int stage) =>
        stage < architecture.Stages.Length ? architecture.Stages[stage] : new StageChoice(1, []);

    private static StageChoice Mutate(Stage stage, StageChoice parent, Func<bool> changes, SplitMix64 random)
    {
        var depth = changes() ? Sampling.Pick(stage.Depth, random) : parent.Blocks.Length;
        var width = parent.Blocks.IsEmpty || changes() ? Sampling.Pick(stage.Width, random) : parent.Width;
        var blocks = ImmutableArray.CreateBuilder<BlockChoice>(depth);
        for (var b = 0; b < depth; b++)
        {
            var (kernel, expand) = (Sampling.Pick(stage.Kernel, random), Sampling.Pick(stage.Expand, random));
            var inherited = b < parent.Blocks.Length;
            blocks.Add(
                new BlockChoice(
                    inherited && !changes() ? parent.Blocks[b].Kernel : kernel,
                    inherited && !changes() ? parent.Blocks[b].Expand : expand
                )
            );
        }
        return new StageChoice(width, blocks.MoveToImmutable());
    }

    private static StageChoice Cross(StageChoice first, StageChoice second, Func<bool> heads)
    {
        var depth = heads() ? first.Blocks.Length : second.Blocks.Length;
        var width = second.Blocks.IsEmpty || (!first.Blocks.IsEmpty && heads()) ? first.Width : second.Width;
        return new StageChoice(
            width,
            [
                .. Enumerable
                    .Range(0, depth)
                    .Select(b =>
                        b >= first.Blocks.Length ? second.Blocks[b]
                        : b >= second.Blocks.Length ? first.Blocks[b]
                        : new BlockChoice((heads() ? first : second).Blocks[b].Kernel, (heads() ? first : second).Blocks[b].Expand)
                    ),
            ]
        );
    }
}
