using System.Linq;

namespace McuNet.Search.Spaces;

/// <summary>The ends of a search space.</summary>
public static class Extremes
{
    /// <summary>The network with the most of everything, which holds all others in a supernet.</summary>
    public static Architecture Largest(SearchSpace space) =>
        new()
        {
            Resolution = space.Resolutions.Max(),
            Width = space.Widths.Max(),
            FirstKernel = space.First.Kernel.Max(),
            Stages =
            [
                .. space
                    .Stages.Where(s => s.Depth.Max() > 0)
                    .Select(s => new StageChoice(
                        s.Width.Max(),
                        [.. Enumerable.Repeat(new BlockChoice(s.Kernel.Max(), s.Expand.Max()), s.Depth.Max())]
                    )),
            ],
        };

    /// <summary>The network with the least of everything.</summary>
    public static Architecture Smallest(SearchSpace space) =>
        new()
        {
            Resolution = space.Resolutions.Min(),
            Width = space.Widths.Min(),
            FirstKernel = space.First.Kernel.Min(),
            Stages =
            [
                .. space
                    .Stages.Where(s => s.Depth.Min() > 0)
                    .Select(s => new StageChoice(
                        s.Width.Min(),
                        [.. Enumerable.Repeat(new BlockChoice(s.Kernel.Min(), s.Expand.Min()), s.Depth.Min())]
                    )),
            ],
        };
}
