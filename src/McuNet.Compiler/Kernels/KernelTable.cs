using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Every kernel that multiplies with constant weights, by operator. Tests and benchmarks enumerate the same lists. The cheapest row
/// that applies is chosen; of equals, the first.
/// </summary>
public static class KernelTable
{
    public static ImmutableArray<LinearKernel> Convolution { get; } = [.. LinearMve.Convolution, .. LinearDsp.Convolution, .. ConvolutionPortable.Rows, LinearWide.Pointwise, LinearWide.General];

    public static ImmutableArray<LinearKernel> Depthwise { get; } = [.. LinearMve.Depthwise, .. LinearDsp.Depthwise, .. DepthwisePortable.Rows, LinearWide.Depthwise];

    public static ImmutableArray<LinearKernel> Dense { get; } = [.. LinearMve.Dense, .. LinearDsp.Dense, .. DensePortable.Rows, LinearWide.Dense];

    /// <summary>Kernels that compute several rows in one step.</summary>
    public static ImmutableArray<LinearKernel> Blocks { get; } = [.. DepthwisePlanes.Rows];

    public static ImmutableArray<LinearKernel> Of(LinearKind kind) => kind switch
    {
        LinearKind.Convolution => Convolution,
        LinearKind.Depthwise => Depthwise,
        _ => Dense,
    };

    /// <summary>The rows that can compute <paramref name="layer"/> on <paramref name="target"/>. C# is given portable rows only.</summary>
    public static IEnumerable<LinearKernel> Applicable(LinearLayer layer, KernelTarget target) =>
        Of(layer.Kind).Where(k => Available(k, target) && k.Applies(layer) && (k.IsWide || (!layer.IsWide && k.Holds(layer))));

    /// <summary>The cheapest applicable row, bound to the layer; the one in 64 bits where its sums, or its sizes, leave what others hold.</summary>
    public static KernelCall Lower(LinearLayer layer, KernelTarget target)
    {
        var kernel = Cheapest([.. Applicable(layer, target)], layer, target);
        var call = kernel.Bind(layer, target);
        if (kernel.IsWide)
            return call;
        return ParameterBlock.Excess(call) is null
            ? call with { Blocks = [.. BlocksOf(kernel, layer, target).Select(b => b.Bind(layer, target)).Where(b => ParameterBlock.Excess(b) is null)] }
            : Of(layer.Kind).Single(k => k.IsWide && k.Applies(layer)).Bind(layer, target);
    }

    /// <summary>The rows of <see cref="Blocks"/> that can compute <paramref name="layer"/> on <paramref name="target"/>.</summary>
    public static IEnumerable<LinearKernel> ApplicableBlocks(LinearShape layer, KernelTarget target) =>
        Blocks.Where(k => Available(k, target) && k.Applies(layer));

    /// <summary>What <see cref="Lower"/> gives for a layer of that shape whose weights every kernel holds.</summary>
    public static KernelCall Outline(LinearShape layer, KernelTarget target)
    {
        var kernel = Cheapest([.. Of(layer.Kind).Where(k => Available(k, target) && k.Applies(layer))], layer, target);
        return kernel.Outline(layer, target) with { Blocks = [.. BlocksOf(kernel, layer, target).Select(b => b.Outline(layer, target))] };
    }

    private static LinearKernel Cheapest(LinearKernel[] rows, LinearShape layer, KernelTarget target) =>
        rows.Where(k => !k.IsFallback || rows.All(r => r.IsFallback || r.Required != k.Required)).MinBy(k => k.Cycles(layer, target))!;

    /// <summary>The cheapest kernel of each number of rows, where more rows take fewer cycles each; vectors need no such help.</summary>
    private static IEnumerable<LinearKernel> BlocksOf(LinearKernel row, LinearShape layer, KernelTarget target)
    {
        if ((row.Required & KernelFeatures.Mve) != 0)
            yield break;
        var (height, least) = (layer.Output.Height, row.Cycles(layer, target));
        foreach (var block in ApplicableBlocks(layer, target).GroupBy(k => k.RowsOf(layer)).OrderBy(g => g.Key).Select(g => g.MinBy(k => k.Cycles(layer, target))!))
        {
            var calls = (height + block.RowsOf(layer) - 1) / block.RowsOf(layer);
            var perRow = calls * block.Cycles(layer, target) / height;
            if (perRow >= least)
                continue;
            least = perRow;
            yield return block;
        }
    }

    private static bool Available(LinearKernel kernel, KernelTarget target) =>
        target.Language == KernelLanguage.CSharp ? kernel.Required == KernelFeatures.None
        : target.Has(kernel.Required) && (target.Set == KernelSet.Fast || !kernel.IsLarge);
}
