using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>Judges every row of the kernel table beside one layer, by what <see cref="KernelTable"/> chooses with.</summary>
public static class KernelCandidates
{
    /// <param name="steps">Steps of the layer where each completes one row.</param>
    public static ImmutableArray<KernelCandidate> Of<TLayer>(
        ImmutableArray<OperatorKernel<TLayer>> rows,
        TLayer layer,
        KernelTarget target,
        int steps
    )
        where TLayer : ILayer => [.. rows.Select(k => Judged(k, layer, target, steps))];

    /// <param name="steps">Output rows of the layer.</param>
    public static ImmutableArray<KernelCandidate> Of(LinearLayer layer, KernelTarget target, int steps)
    {
        ImmutableArray<LinearKernel> rows =
        [
            .. KernelTable.Of(layer.Kind),
            .. layer.Kind == LinearKind.Depthwise ? KernelTable.Blocks : [],
        ];
        var able = KernelTable.Of(layer.Kind).Where(k => KernelTable.Judge(k, layer, target) == KernelVerdict.Able).ToArray();
        return
        [
            .. rows.Select(kernel =>
                Judged(kernel, layer, target, steps) switch
                {
                    { Verdict: KernelVerdict.Able } when KernelTable.GivesWay(kernel, able) => new(
                        kernel.Function,
                        kernel.RowsOf(layer),
                        KernelVerdict.Fallback,
                        null
                    ),
                    { Verdict: KernelVerdict.Able } found => found with { CyclesPerMac = PerMac(kernel, layer, target) },
                    { Verdict: KernelVerdict.OtherShape } found
                        when ShapeConditions.Of(kernel.Applies, layer) is { Conditions.IsEmpty: false } other => found with
                    {
                        Conditions = other.Conditions,
                        CyclesPerMac = other.Layer.Taps <= layer.Taps ? PerMac(kernel, other.Layer, target) : null,
                    },
                    var found => found,
                }
            ),
        ];
    }

    private static double PerMac(LinearKernel kernel, LinearShape layer, KernelTarget target) =>
        kernel.CyclesAndWaits(layer, target) / kernel.RowsOf(layer) / ((double)layer.WeightCount * layer.Output.Width);

    private static KernelCandidate Judged<TShape, TLayer>(Kernel<TShape, TLayer> kernel, TLayer layer, KernelTarget target, int steps)
        where TLayer : TShape
    {
        var verdict = KernelTable.Judge(kernel, layer, target);
        var rows = kernel.RowsOf(layer);
        var candidate = new KernelCandidate(kernel.Function, rows, verdict, null);
        return verdict switch
        {
            KernelVerdict.OtherCore => candidate with { Missing = kernel.Required & ~target.Features },
            KernelVerdict.Able => candidate with
            {
                Cycles = (steps + rows - 1) / rows * kernel.CyclesAndWaits(layer, target),
                ScratchBytes = kernel.ScratchBytes(layer),
                AloneShare = kernel.AloneShare(layer),
            },
            _ => candidate,
        };
    }
}
