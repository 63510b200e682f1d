using System.Collections.Immutable;

namespace McuNet.Compiler.Kernels;

/// <summary>Fully connected layers in portable C: four outputs per inner loop.</summary>
public static class DensePortable
{
    private const int BlockOutputs = 4;

    /// <summary>A multiply-accumulate of outputs that make no block, one after the other.</summary>
    private const double LoneOutput = 2;

    public static ImmutableArray<LinearKernel> Rows { get; } =
    [
        Row("mn_dense_s8_portable", symmetric: true, ["mn_dense.h", "mn_dense_s8.h", "mn_dense_s8_portable.c"]),
        Row("mn_dense_s8_portable_asym", symmetric: false, ["mn_dense.h", "mn_sum_s8.h", "mn_dense_s8.h", "mn_dense_s8_portable_asym.c"]),
    ];

    private static LinearKernel Row(string function, bool symmetric, ImmutableArray<string> sources) =>
        new()
        {
            Function = function,
            Sources = sources,
            ParameterType = "mn_dense",
            Arguments = [KernelArgument.Whole0, KernelArgument.Output],
            Applies = l => l.IsSymmetric == symmetric,
            Pack = l => WeightPacking.Interleave(l, BlockOutputs),
            ScratchBytes = _ => 0,
            Cycles = (l, t) =>
                PortableCost.Call
                + (l.WeightCount + (LoneOutput - 1) * (l.Output.Channels % BlockOutputs) * l.Taps) * PortableCost.Of(t).SingleMac
                + l.Output.Channels * PortableCost.Of(t).Output,
        };
}
