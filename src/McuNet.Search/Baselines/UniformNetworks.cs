using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;

namespace McuNet.Search.Baselines;

/// <summary>Networks without choices per layer, which the found one has to beat.</summary>
public static class UniformNetworks
{
    /// <summary>MobileNetV2's own kernel and expansion.</summary>
    private const int PlainKernel = 3;
    private const int PlainExpand = 6;

    /// <summary>
    /// The space's plainest network at every resolution and width: per stage the kernel nearest to 3, the expansion nearest to 6, the
    /// middle depth (the deeper of two) and the stage width nearest to 1.
    /// </summary>
    public static ImmutableArray<Architecture> Scaled(SearchSpace space) =>
        [.. Scales(space).Select(s => Build(space, s.Resolution, s.Width, PlainKernel, PlainExpand, d => d[d.Length / 2], 1))];

    /// <summary>Every network with one kernel, one expansion, one place in the lists of depths and one stage width throughout, or the
    /// nearest that a stage has.</summary>
    public static ImmutableArray<Architecture> All(SearchSpace space)
    {
        var depths = space.Stages.Select(s => s.Depth.Length).DefaultIfEmpty(1).Max();
        var kernels = Union(space, s => s.Kernel, PlainKernel);
        var expands = Union(space, s => s.Expand, PlainExpand);
        var widths = space.Stages.SelectMany(s => s.Width).Distinct().DefaultIfEmpty(1).ToArray();
        return
        [
            .. Scales(space)
                .SelectMany(_ => kernels, (scale, kernel) => (scale, kernel))
                .SelectMany(_ => expands, (g, expand) => (g.scale, g.kernel, expand))
                .SelectMany(_ => widths, (g, width) => (g.scale, g.kernel, g.expand, width))
                .SelectMany(
                    _ => Enumerable.Range(0, depths),
                    (g, depth) =>
                        Build(space, g.scale.Resolution, g.scale.Width, g.kernel, g.expand, d => d[Math.Min(depth, d.Length - 1)], g.width)
                )
                .DistinctBy(a => a.ToJson()),
        ];
    }

    /// <summary>At most <paramref name="count"/>: the largest of each resolution and width, largest first, then the second of each, and so
    /// on.</summary>
    public static ImmutableArray<Candidate> Spread(IEnumerable<Candidate> candidates, int count) =>
        [
            .. candidates
                .DistinctBy(c => c.Hash)
                .GroupBy(c => (c.Architecture.Resolution, c.Architecture.Width))
                .SelectMany(scale =>
                    scale
                        .OrderByDescending(c => c.Resources.Macs)
                        .ThenBy(c => c.Hash, StringComparer.Ordinal)
                        .Select((c, rank) => (c, rank))
                )
                .OrderBy(p => p.rank)
                .ThenByDescending(p => p.c.Resources.Macs)
                .ThenBy(p => p.c.Hash, StringComparer.Ordinal)
                .Take(count)
                .Select(p => p.c),
        ];

    private static IEnumerable<(int Resolution, double Width)> Scales(SearchSpace space) =>
        space.Resolutions.SelectMany(_ => space.Widths, (r, w) => (r, w));

    private static int[] Union(SearchSpace space, Func<Stage, ImmutableArray<int>> list, int plain) =>
        [.. space.Stages.SelectMany(s => list(s)).Distinct().Order().DefaultIfEmpty(plain)];

    private static Architecture Build(
        SearchSpace space,
        int resolution,
        double width,
        int kernel,
        int expand,
        Func<ImmutableArray<int>, int> depth,
        double stageWidth
    ) =>
        new()
        {
            Resolution = resolution,
            Width = width,
            FirstKernel = Nearest(space.First.Kernel, kernel),
            Stages =
            [
                .. space
                    .Stages.Select(s => new StageChoice(
                        s.Width.MinBy(w => Math.Abs(w - stageWidth)),
                        [.. Enumerable.Repeat(new BlockChoice(Nearest(s.Kernel, kernel), Nearest(s.Expand, expand)), depth(s.Depth))]
                    ))
                    .Where(c => !c.Blocks.IsEmpty),
            ],
        };

    private static int Nearest(ImmutableArray<int> values, int wanted) => values.MinBy(v => Math.Abs(v - wanted));
}
