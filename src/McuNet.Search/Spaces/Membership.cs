using System;
using System.Globalization;
using System.Linq;

namespace McuNet.Search.Spaces;

/// <summary>Whether a network belongs to a search space.</summary>
public static class Membership
{
    /// <summary>Why <paramref name="architecture"/> is none of the networks of <paramref name="space"/>, in words; null where it is
    /// one.</summary>
    public static string? WhyNot(SearchSpace space, Architecture architecture)
    {
        if (!space.Resolutions.Contains(architecture.Resolution))
            return $"resolution {architecture.Resolution} is not one of {List(space.Resolutions)}";
        if (!space.Widths.Contains(architecture.Width))
            return Invariant($"width {architecture.Width} is not one of {List(space.Widths)}");
        if (!space.First.Kernel.Contains(architecture.FirstKernel))
            return $"the first block's kernel {architecture.FirstKernel} is not one of {List(space.First.Kernel)}";
        var left = space.Stages.Length - architecture.Stages.Length;
        if (left < 0 || left > (space.Stages.LastOrDefault()?.Depth.Contains(0) == true ? 1 : 0))
            return $"it has {architecture.Stages.Length} stages where the space has {space.Stages.Length}";
        return architecture.Stages.Select((choice, s) => WhyNot(space.Stages[s], choice, s)).FirstOrDefault(reason => reason is not null);
    }

    private static string? WhyNot(Stage stage, StageChoice choice, int index)
    {
        var place = $"stage {index}";
        if (choice.Blocks.IsEmpty || !stage.Depth.Contains(choice.Blocks.Length))
            return $"{place} has {choice.Blocks.Length} blocks where {List(stage.Depth)} are possible";
        if (!stage.Width.Contains(choice.Width))
            return Invariant($"{place} has width {choice.Width}, not one of {List(stage.Width)}");
        for (var b = 0; b < choice.Blocks.Length; b++)
        {
            if (!stage.Kernel.Contains(choice.Blocks[b].Kernel))
                return $"{place} block {b} has kernel {choice.Blocks[b].Kernel}, not one of {List(stage.Kernel)}";
            if (!stage.Expand.Contains(choice.Blocks[b].Expand))
                return $"{place} block {b} has expansion {choice.Blocks[b].Expand}, not one of {List(stage.Expand)}";
        }
        return null;
    }

    private static string List<T>(System.Collections.Immutable.ImmutableArray<T> values) =>
        string.Join(", ", values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
