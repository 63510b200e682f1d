using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Search.Spaces;

/// <summary>Random networks of a space: every gene uniform over its list, depths included, so that shallow networks are as likely as deep
/// ones.</summary>
public static class Sampling
{
    /// <summary>A network of any resolution and width.</summary>
    public static Architecture Uniform(SearchSpace space, SplitMix64 random) =>
        Uniform(space, Pick(space.Resolutions, random), Pick(space.Widths, random), random);

    public static Architecture Uniform(SearchSpace space, int resolution, double width, SplitMix64 random) =>
        new()
        {
            Resolution = resolution,
            Width = width,
            FirstKernel = Pick(space.First.Kernel, random),
            Stages = [.. space.Stages.Select(stage => Uniform(stage, random)).Where(choice => !choice.Blocks.IsEmpty)],
        };

    /// <summary>The generator of the samples of one resolution and width.</summary>
    public static SplitMix64 Generator(ulong seed, int resolution, double width) =>
        SplitMix64.For(seed, (ulong)resolution, BitConverter.DoubleToUInt64Bits(width));

    public static T Pick<T>(ImmutableArray<T> values, SplitMix64 random) => values[random.Below(values.Length)];

    private static StageChoice Uniform(Stage stage, SplitMix64 random)
    {
        var width = Pick(stage.Width, random);
        var depth = Pick(stage.Depth, random);
        var blocks = ImmutableArray.CreateBuilder<BlockChoice>(depth);
        for (var b = 0; b < depth; b++)
            blocks.Add(new BlockChoice(Pick(stage.Kernel, random), Pick(stage.Expand, random)));
        return new StageChoice(width, blocks.MoveToImmutable());
    }
}
