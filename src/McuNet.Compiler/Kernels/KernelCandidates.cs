using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>Judges every row of the kernel table beside one layer, by the same conditions and costs as <see cref="KernelTable"/> chooses with.</summary>
public static class KernelCandidates
{
    /// <param name="steps">Steps of the layer where each completes one row.</param>
    public static ImmutableArray<KernelCandidate> Of<TLayer>(ImmutableArray<OperatorKernel<TLayer>> rows, TLayer layer, KernelTarget target, int steps)
        where TLayer : ILayer => [.. rows.Select(k => Judged(k, layer, target, steps, k.Takes(layer.Types), true))];

    /// <param name="steps">Output rows of the layer.</param>
    public static ImmutableArray<KernelCandidate> Of(LinearLayer layer, KernelTarget target, int steps)
    {
        ImmutableArray<LinearKernel> rows = [.. KernelTable.Of(layer.Kind), .. layer.Kind == LinearKind.Depthwise ? KernelTable.Blocks : []];
        var able = KernelTable.Applicable(layer, target).ToArray();
        return [.. rows.Select(kernel => Judged(kernel, layer, target, steps, kernel.IsWide || kernel.IsNarrow == layer.IsNarrow, !layer.IsWide || kernel.IsWide) switch
        {
            { Verdict: KernelVerdict.Able } when kernel.IsFallback && able.Any(r => !r.IsFallback && r.Required == kernel.Required) =>
                new(kernel.Function, kernel.RowsOf(layer), KernelVerdict.Fallback, null),
            { Verdict: KernelVerdict.Able } found => found with { CyclesPerMac = PerMac(kernel, layer, target) },
            { Verdict: KernelVerdict.OtherShape } found when ShapeConditions.Of(kernel.Applies, layer) is { Conditions.IsEmpty: false } other =>
                found with { Conditions = other.Conditions, CyclesPerMac = other.Layer.Taps <= layer.Taps ? PerMac(kernel, other.Layer, target) : null },
            var found => found,
        })];
    }

    private static double PerMac(LinearKernel kernel, LinearShape layer, KernelTarget target) =>
        kernel.CyclesAndWaits(layer, target) / kernel.RowsOf(layer) / ((double)layer.WeightCount * layer.Output.Width);

    /// <param name="holdsSums">Whether its accumulators hold the sums of the layer.</param>
    private static KernelCandidate Judged<TShape, TLayer>(
        Kernel<TShape, TLayer> kernel, TLayer layer, KernelTarget target, int steps, bool takes, bool holdsSums)
        where TLayer : TShape
    {
        var missing = kernel.Required & ~target.Features;
        var verdict = target.Language == KernelLanguage.C && missing != 0 ? KernelVerdict.OtherCore
            : !kernel.IsFor(target) ? KernelVerdict.OtherSet
            : !takes ? KernelVerdict.OtherTypes
            : !kernel.Applies(layer) ? KernelVerdict.OtherShape
            : !holdsSums || !kernel.Holds(layer) ? KernelVerdict.OtherNumbers
            : KernelVerdict.Able;
        var rows = kernel.RowsOf(layer);
        var candidate = new KernelCandidate(kernel.Function, rows, verdict, null);
        return verdict switch
        {
            KernelVerdict.OtherCore => candidate with { Missing = missing },
            KernelVerdict.Able => candidate with { Cycles = (steps + rows - 1) / rows * kernel.CyclesAndWaits(layer, target),
                ScratchBytes = kernel.ScratchBytes(layer) },
            _ => candidate,
        };
    }
}
