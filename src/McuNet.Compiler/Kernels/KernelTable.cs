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
    public static ImmutableArray<LinearKernel> Convolution { get; } = [.. LinearMve.Convolution, .. LinearDsp.Convolution, .. ConvolutionPortable.Rows];

    public static ImmutableArray<LinearKernel> Depthwise { get; } = [.. LinearMve.Depthwise, .. LinearDsp.Depthwise, .. DepthwisePortable.Rows];

    public static ImmutableArray<LinearKernel> Dense { get; } = [.. LinearMve.Dense, .. LinearDsp.Dense, .. DensePortable.Rows];

    /// <summary>Kernels that compute a whole layer in one step.</summary>
    public static ImmutableArray<LinearKernel> Whole { get; } = [.. DepthwisePlanes.Rows];

    public static ImmutableArray<LinearKernel> Of(LinearKind kind) => kind switch
    {
        LinearKind.Convolution => Convolution,
        LinearKind.Depthwise => Depthwise,
        _ => Dense,
    };

    /// <summary>The rows that can compute <paramref name="layer"/> on <paramref name="target"/>. C# is given portable rows only.</summary>
    public static IEnumerable<LinearKernel> Applicable(LinearLayer layer, KernelTarget target) =>
        Of(layer.Kind).Where(k => Available(k, target) && k.Applies(layer) && k.Holds(layer));

    /// <summary>The cheapest applicable row, bound to the layer.</summary>
    public static KernelCall Lower(LinearLayer layer, KernelTarget target)
    {
        var kernel = Applicable(layer, target).MinBy(k => k.Cycles(layer, target))!;
        var call = kernel.Bind(layer, target);
        return call with { Whole = WholeOf(kernel, layer, target)?.Bind(layer, target) };
    }

    /// <summary>The rows of <see cref="Whole"/> that can compute <paramref name="layer"/> on <paramref name="target"/>.</summary>
    public static IEnumerable<LinearKernel> ApplicableWhole(LinearShape layer, KernelTarget target) =>
        Whole.Where(k => Available(k, target) && k.Applies(layer));

    /// <summary>What <see cref="Lower"/> gives for a layer of that shape whose weights every kernel holds.</summary>
    public static KernelOutline Outline(LinearShape layer, KernelTarget target)
    {
        var kernel = Of(layer.Kind).Where(k => Available(k, target) && k.Applies(layer)).MinBy(k => k.Cycles(layer, target))!;
        return kernel.Outline(layer, target) with { Whole = WholeOf(kernel, layer, target)?.Outline(layer, target) };
    }

    /// <summary>What computes the whole layer in one step, beside the kernel of its rows: vectors need no such help.</summary>
    private static LinearKernel? WholeOf(LinearKernel rows, LinearShape layer, KernelTarget target) =>
        (rows.Required & KernelFeatures.Mve) != 0 ? null : ApplicableWhole(layer, target).MinBy(k => k.Cycles(layer, target));

    private static bool Available(LinearKernel kernel, KernelTarget target) =>
        target.Language == KernelLanguage.CSharp ? kernel.Required == KernelFeatures.None : target.Has(kernel.Required);
}
