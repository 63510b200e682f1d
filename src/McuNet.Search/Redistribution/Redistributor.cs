using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Bands;
using McuNet.Search.Spaces;

namespace McuNet.Search.Redistribution;

/// <summary>A network with the patches of its beginning.</summary>
/// <param name="ReceptiveField">In rows of the image.</param>
public sealed record Distribution(Architecture Architecture, int ReceptiveField, PatchGeometry Geometry)
{
    /// <summary>Multiply-accumulates that neighbouring patches both compute.</summary>
    public long HaloMacs => Geometry.ClampedMacs - Geometry.StageMacs;

    /// <summary>Multiply-accumulates of the whole network in patches.</summary>
    public long Macs => Geometry.NetworkMacs + HaloMacs;
}

/// <summary>
/// Network redistribution (MCUNetV2): kernels and blocks move out of the part that is computed in patches, where they widen the halo, into
/// later layers, where the same receptive field costs nothing twice.
/// </summary>
public sealed class Redistributor(SearchSpace space, PatchStage stage)
{
    /// <summary>The network as it is; null where it is too small for the patches.</summary>
    public Distribution? Describe(Architecture architecture) =>
        stage.Geometry(space, architecture) is { } geometry
            ? new Distribution(architecture, ReceptiveField.Of(space, architecture), geometry)
            : null;

    /// <summary>
    /// Networks of the space with ever smaller halo and at least the same receptive field, one step of the patches' part further each;
    /// empty where nothing can move. Each step takes the reduction that saves most of the halo, and adds back with the fewest
    /// multiply-accumulates.
    /// </summary>
    public ImmutableArray<Distribution> Propose(Architecture architecture)
    {
        var proposals = ImmutableArray.CreateBuilder<Distribution>();
        if (Describe(architecture) is not { } start)
            return [];
        var current = start;
        while (Step(current, start.ReceptiveField) is { } next)
            proposals.Add(current = next);
        return proposals.ToImmutable();
    }

    private Distribution? Step(Distribution current, int field) =>
        Reductions(current.Architecture)
            .Select(a => Restored(a, field))
            .OfType<Architecture>()
            .Select(Describe)
            .OfType<Distribution>()
            .Where(d => d.HaloMacs < current.HaloMacs)
            .OrderBy(d => d.HaloMacs)
            .ThenBy(d => d.Macs)
            .ThenBy(d => d.Architecture.ToJson(), System.StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>With later kernels and blocks enlarged until the field is there again; null where that is impossible.</summary>
    private Architecture? Restored(Architecture architecture, int field)
    {
        var current = architecture;
        for (var have = ReceptiveField.Of(space, current); have < field; have = ReceptiveField.Of(space, current))
        {
            var larger = Enlargements(current)
                .Select(a => (Architecture: a, Field: ReceptiveField.Of(space, a), Macs: NetworkLayer.Of(space, a).Sum(l => l.Macs)))
                .ToArray();
            if (larger.Length == 0)
                return null;
            var enough = larger.Where(l => l.Field >= field).ToArray();
            current =
                enough.Length > 0
                    ? enough.OrderBy(l => l.Macs).ThenBy(l => l.Field).First().Architecture
                    : larger.OrderByDescending(l => l.Field).ThenBy(l => l.Macs).First().Architecture;
        }
        return current;
    }

    /// <summary>One kernel of the patches' part a size smaller, or the last block of a whole stage in it left out.</summary>
    private IEnumerable<Architecture> Reductions(Architecture architecture)
    {
        if (Below(space.First.Kernel, architecture.FirstKernel) is { } kernel)
            yield return architecture with
            {
                FirstKernel = kernel,
            };
        for (var s = 0; s < architecture.Stages.Length; s++)
        {
            var blocks = architecture.Stages[s].Blocks;
            for (var b = 0; b < blocks.Length && stage.Holds(s, b); b++)
            {
                if (Below(space.Stages[s].Kernel, blocks[b].Kernel) is { } smaller)
                    yield return With(architecture, s, blocks.SetItem(b, blocks[b] with { Kernel = smaller }));
            }
            if (s < stage.Stage && Below(space.Stages[s].Depth, blocks.Length) is > 0 and var depth)
                yield return With(architecture, s, blocks[..depth]);
        }
    }

    /// <summary>One kernel behind the patches a size larger, or a stage behind them with a block more, made as its last.</summary>
    private IEnumerable<Architecture> Enlargements(Architecture architecture)
    {
        for (var s = stage.Stage; s < architecture.Stages.Length; s++)
        {
            var blocks = architecture.Stages[s].Blocks;
            for (var b = 0; b < blocks.Length; b++)
            {
                if (!stage.Holds(s, b) && Above(space.Stages[s].Kernel, blocks[b].Kernel) is { } larger)
                    yield return With(architecture, s, blocks.SetItem(b, blocks[b] with { Kernel = larger }));
            }
            if (Above(space.Stages[s].Depth, blocks.Length) is { } depth)
                yield return With(architecture, s, [.. blocks, .. Enumerable.Repeat(blocks[^1], depth - blocks.Length)]);
        }
    }

    private static Architecture With(Architecture architecture, int stage, ImmutableArray<BlockChoice> blocks) =>
        architecture with
        {
            Stages = architecture.Stages.SetItem(stage, architecture.Stages[stage] with { Blocks = blocks }),
        };

    private static int? Below(ImmutableArray<int> values, int value) => values.Where(v => v < value).Select(v => (int?)v).Max();

    private static int? Above(ImmutableArray<int> values, int value) => values.Where(v => v > value).Select(v => (int?)v).Min();
}
