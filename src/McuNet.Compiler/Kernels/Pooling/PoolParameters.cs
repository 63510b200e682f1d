using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>The fields of <c>mn_pool</c> in declaration order, after the scale.</summary>
internal static class PoolParameters
{
    public static ImmutableArray<KernelParameter> Of(Window window, NodeTypes types, (int Min, int Max) range) =>
        [
            new IntegerParameter("in_width", types.Input.Shape.Width),
            new IntegerParameter("channels", types.Input.Shape.Channels),
            new IntegerParameter("kernel_height", window.KernelHeight),
            new IntegerParameter("kernel_width", window.KernelWidth),
            new IntegerParameter("stride", window.StrideWidth),
            new IntegerParameter("dilation", window.DilationWidth),
            new IntegerParameter("pad_left", window.PadLeft),
            new IntegerParameter("in_zero", types.Input.ZeroPoint),
            new IntegerParameter("out_zero", types.Output.ZeroPoint),
            new IntegerParameter("out_min", range.Min),
            new IntegerParameter("out_max", range.Max),
        ];
}
