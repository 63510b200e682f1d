using System.Globalization;
using System.Linq;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Graph;
using McuNet.Search.Evaluation;
using McuNet.Search.Spaces;

namespace McuNet.Search.Redistribution;

/// <summary>
/// The beginning of a network that is computed in p x p patches: stem, first block, all stages before <paramref name="Stage"/>, and the
/// first <paramref name="Blocks"/> blocks of that stage.
/// </summary>
public sealed record PatchStage(int Stage, int Blocks, int Patches)
{
    /// <summary>
    /// Up to the first block whose result has at most an eighth of the input's side, in 4 x 4 patches, or 2 x 2 where that side is below
    /// 16. Null where no block is so small, or its result is smaller than the patches.
    /// </summary>
    public static PatchStage? Of(SearchSpace space, Architecture architecture)
    {
        foreach (
            var layer in NetworkLayer
                .Of(space, architecture)
                .Where(l => l.Role == LayerRole.Project && l.Name.StartsWith("stages.", System.StringComparison.Ordinal))
        )
        {
            if (!PatchRule.IsSmall(layer.OutSide, architecture.Resolution))
                continue;
            var parts = layer.Name.Split('.');
            var (at, block) = (int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture));
            var stage = new PatchStage(at, block + 1, PatchRule.Patches(layer.OutSide));
            return layer.OutSide >= stage.Patches ? stage : null;
        }
        return null;
    }

    /// <summary>Whether a block of a stage is computed in patches.</summary>
    public bool Holds(int stage, int block) => stage < Stage || (stage == Stage && block < Blocks);

    /// <summary>The patches' side and work; null where the network is too small for them.</summary>
    public PatchGeometry? Geometry(SearchSpace space, Architecture architecture)
    {
        var graph = ArchitectureGraph.Of(space, architecture);
        var last = $"stages.{Stage}.blocks.{Blocks - 1}.";
        var end = graph.Nodes.LastOrDefault(n => n.Name.StartsWith(last, System.StringComparison.Ordinal));
        return end is null ? null : PatchGeometry.Of(graph, 0, end.Id.Value + 1, Patches);
    }
}
