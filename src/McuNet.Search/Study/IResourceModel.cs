using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Pipeline;
using McuNet.Search.Evaluation;
using McuNet.Search.PaperFigures;
using McuNet.Search.Spaces;

namespace McuNet.Search.Study;

/// <summary>What a network needs. Null is what was not computed: SRAM, time and energy of one that is too large for the flash, time and
/// energy where the model knows none.</summary>
/// <param name="FlashBytes">Of one whose SRAM was not computed, fewer than it needs.</param>
public readonly record struct Needs(long? SramBytes, long FlashBytes, double? LatencyMs = null, double? EnergyMj = null);

/// <summary>Says what networks need; safe for concurrent use.</summary>
public interface IResourceModel
{
    /// <summary>The SRAM budgets for which it answers, ascending; empty where needs depend on no budget.</summary>
    ImmutableArray<long> SramBudgets { get; }

    /// <summary>One entry for each of <see cref="SramBudgets"/>, or a single one.</summary>
    ImmutableArray<Needs> Of(Architecture architecture);
}

/// <summary>By the formulas of a publication.</summary>
public sealed class PublishedResources(SearchSpace space, DeviceModel model) : IResourceModel
{
    public ImmutableArray<long> SramBudgets => [];

    public ImmutableArray<Needs> Of(Architecture architecture)
    {
        var layers = NetworkLayer.Of(space, architecture);
        return [new(model.SramBytes(layers), model.FlashBytes(layers))];
    }
}

/// <summary>By this compiler, which chooses another schedule for another SRAM budget.</summary>
/// <param name="sramBudgets">Ascending.</param>
/// <param name="flashBytes">No schedule is looked for where a network certainly needs more.</param>
public sealed class CompiledResources(ResourceEvaluator evaluator, ImmutableArray<long> sramBudgets, long flashBytes) : IResourceModel
{
    public ImmutableArray<long> SramBudgets => sramBudgets;

    public ImmutableArray<Needs> Of(Architecture architecture)
    {
        var least = Footprint.LeastFlash(NetworkLayer.Of(evaluator.Space, architecture).Select(l => l.Weights));
        return least > flashBytes
            ? [.. sramBudgets.Select(_ => new Needs(null, least))]
            : [.. evaluator.Under(architecture, sramBudgets).Select(r => new Needs(r.SramBytes, r.FlashBytes, r.LatencyMs, r.EnergyMj))];
    }
}
