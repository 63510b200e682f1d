using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Planning;

/// <summary>
/// Which kernels are functions of their own in the generated C: those that several layers call, and all in a file that models share. Any
/// other is part of its layer's function.
/// </summary>
public static class KernelSharing
{
    /// <param name="kernels">By node.</param>
    public static ImmutableHashSet<string> Functions(ImmutableArray<KernelCall> kernels, KernelLinkage linkage) =>
        [.. kernels.CountBy(k => k.Function).Where(f => linkage == KernelLinkage.Shared || f.Value > 1).Select(f => f.Key)];

    /// <summary>The calls with the cycles that they take as the generated C has their kernels.</summary>
    /// <param name="kernels">By node.</param>
    public static ImmutableArray<KernelCall> Priced(ImmutableArray<KernelCall> kernels, KernelLinkage linkage)
    {
        var shared = Functions(kernels, linkage);
        return [.. kernels.Select(k => shared.Contains(k.Function) ? k with { AloneShare = 1 } : k.Alone())];
    }
}
