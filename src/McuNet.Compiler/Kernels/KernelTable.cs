using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// The kernels of layers with weights, by operator, and the choice among the rows of any operator: the cheapest that applies, of equals the
/// first.
/// </summary>
public static class KernelTable
{
    public static ImmutableArray<LinearKernel> Convolution { get; } =
    [
        .. LinearMve.Convolution,
        .. LinearDsp.Convolution,
        .. ConvolutionPortable.Rows,
        LinearNarrow.Pointwise,
        LinearNarrow.General,
        LinearWide.Pointwise,
        LinearWide.General,
    ];

    public static ImmutableArray<LinearKernel> Depthwise { get; } =
    [.. LinearMve.Depthwise, .. LinearDsp.Depthwise, .. DepthwisePortable.Rows, LinearWide.Depthwise];

    public static ImmutableArray<LinearKernel> Dense { get; } =
    [.. LinearMve.Dense, .. LinearDsp.Dense, .. DensePortable.Rows, LinearNarrow.Dense, LinearWide.Dense];

    public static ImmutableArray<LinearKernel> Grouped { get; } = [GroupedDsp.Row, .. GroupedPortable.Rows, LinearWide.General];

    /// <summary>Kernels that compute several rows in one step.</summary>
    public static ImmutableArray<LinearKernel> Blocks { get; } = [.. DepthwisePlanes.Rows];

    public static ImmutableArray<LinearKernel> Of(LinearKind kind) =>
        kind switch
        {
            LinearKind.Convolution => Convolution,
            LinearKind.Depthwise => Depthwise,
            LinearKind.Grouped => Grouped,
            _ => Dense,
        };

    /// <summary>Whether any core can compute the layer.</summary>
    public static bool Has<TLayer>(ImmutableArray<OperatorKernel<TLayer>> rows, TLayer layer)
        where TLayer : ILayer => rows.Any(k => k.Required == DeviceFeatures.None && k.Takes(layer.Types) && k.Applies(layer));

    /// <summary>The row for an operator without weights in integers, bound to a layer.</summary>
    public static KernelCall Lower<TLayer>(ImmutableArray<OperatorKernel<TLayer>> rows, TLayer layer, KernelTarget target)
        where TLayer : ILayer => Cheapest(rows.Where(k => k.Judge(layer, target) == KernelVerdict.Able), layer, target).Bind(layer, target);

    /// <summary>What <see cref="Lower{TLayer}"/> gives where every kernel holds the constants of the layer.</summary>
    public static KernelCall Outline<TLayer>(ImmutableArray<OperatorKernel<TLayer>> rows, TLayer layer, KernelTarget target)
        where TLayer : ILayer => Cheapest(rows.Where(k => k.Serves(layer, target)), layer, target).Outline(layer, target);

    /// <summary>Whether a row can compute a layer, sizes in its fields included, or the first thing that keeps it from doing so.</summary>
    public static KernelVerdict Judge<TShape, TLayer>(Kernel<TShape, TLayer> kernel, TLayer layer, KernelTarget target)
        where TLayer : TShape =>
        kernel.Judge(layer, target) is not KernelVerdict.Able and var other ? other
        : ParameterBlock.Excess(kernel.Bind(layer, target)) is null ? KernelVerdict.Able
        : KernelVerdict.OtherNumbers;

    /// <summary>The rows that can compute <paramref name="layer"/> on <paramref name="target"/> where their fields hold its
    /// sizes.</summary>
    public static IEnumerable<LinearKernel> Applicable(LinearLayer layer, KernelTarget target) =>
        Of(layer.Kind).Where(k => k.Judge(layer, target) == KernelVerdict.Able);

    /// <summary>Whether another of the able rows is taken instead of a row in any case.</summary>
    public static bool GivesWay(LinearKernel kernel, IEnumerable<LinearKernel> able) =>
        kernel.IsFallback && able.Any(r => !r.IsFallback && r.Required == kernel.Required);

    /// <summary>The cheapest row whose fields hold the sizes of the layer, bound to it; the one in 64 bits has fields for any.</summary>
    public static KernelCall Lower(LinearLayer layer, KernelTarget target)
    {
        LinearKernel[] rows = [.. Applicable(layer, target)];
        var kernel = Cheapest(rows, layer, target);
        var call = kernel.Bind(layer, target);
        while (!kernel.IsWide && ParameterBlock.Excess(call) is not null)
        {
            rows = [.. rows.Where(k => !ReferenceEquals(k, kernel))];
            kernel = Cheapest(rows, layer, target);
            call = kernel.Bind(layer, target);
        }

        return kernel.IsWide
            ? call
            : call with
            {
                Blocks =
                [
                    .. BlocksOf(kernel, layer, target).Select(b => b.Bind(layer, target)).Where(b => ParameterBlock.Excess(b) is null),
                ],
            };
    }

    /// <summary>The rows of <see cref="Blocks"/> that can compute <paramref name="layer"/> on <paramref name="target"/>.</summary>
    public static IEnumerable<LinearKernel> ApplicableBlocks(LinearShape layer, KernelTarget target) =>
        Blocks.Where(k => k.Serves(layer, target));

    /// <summary>What <see cref="Lower(LinearLayer, KernelTarget)"/> gives for a layer of that shape whose weights every kernel
    /// holds.</summary>
    public static KernelCall Outline(LinearShape layer, KernelTarget target)
    {
        var kernel = Cheapest([.. Of(layer.Kind).Where(k => k.Serves(layer, target))], layer, target);
        return kernel.Outline(layer, target) with { Blocks = [.. BlocksOf(kernel, layer, target).Select(b => b.Outline(layer, target))] };
    }

    private static LinearKernel Cheapest(LinearKernel[] rows, LinearShape layer, KernelTarget target) =>
        rows.Where(k => !GivesWay(k, rows)).MinBy(k => k.CyclesAndWaits(layer, target))!;

    private static OperatorKernel<TLayer> Cheapest<TLayer>(IEnumerable<OperatorKernel<TLayer>> rows, TLayer layer, KernelTarget target)
        where TLayer : ILayer =>
        rows.MinBy(k => k.CyclesAndWaits(layer, target)) ?? throw new InvalidOperationException($"no kernel computes {layer}");

    /// <summary>The cheapest kernel of each number of rows, where more rows take fewer cycles each; vectors need no such help.</summary>
    private static IEnumerable<LinearKernel> BlocksOf(LinearKernel row, LinearShape layer, KernelTarget target)
    {
        if ((row.Required & DeviceFeatures.MveInteger) != 0)
            yield break;
        var (height, least) = (layer.Output.Height, row.CyclesAndWaits(layer, target));
        foreach (
            var block in ApplicableBlocks(layer, target)
                .GroupBy(k => k.RowsOf(layer))
                .OrderBy(g => g.Key)
                .Select(g => g.MinBy(k => k.CyclesAndWaits(layer, target))!)
        )
        {
            var calls = (height + block.RowsOf(layer) - 1) / block.RowsOf(layer);
            var perRow = calls * block.CyclesAndWaits(layer, target) / height;
            if (perRow >= least)
                continue;
            least = perRow;
            yield return block;
        }
    }
}
