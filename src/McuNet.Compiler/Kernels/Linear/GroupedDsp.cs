using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Convolutions whose channels are in groups, for cores with the DSP extension and a single-precision floating-point unit: a group as a
/// convolution of its own.
/// </summary>
public static class GroupedDsp
{
    private const int MaxRuns = 25;

    /// <summary>Output channels of a record.</summary>
    private const int Record = 4;

    public static LinearKernel Row { get; } =
        new()
        {
            Function = "mn_conv_grouped_s8_dsp",
            Tuning = LinearDsp.DotBlocks,
            Sources = ["mn_dot_s8_dsp.h", "mn_clamp_s8_dsp.h", "mn_conv_grouped_s8_dsp.c"],
            Required = DeviceFeatures.Dsp | DeviceFeatures.FpuSingle,
            ParameterType = "mn_conv_grouped_dsp",
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.EndColumn, KernelArgument.Scratch],
            Applies = l => l.IsSymmetric && l.Output.Channels / l.Groups % Record == 0 && l.Window.Taps <= MaxRuns,
            Holds = l => Enumerable.Range(0, l.Groups).All(g => DspStream.FitsDot(Group(l, g))),
            Parameters = Parameters,
            TableBytes = l => l.Groups * DspStream.DotBytes(l.Output.Channels / l.Groups, Taps(l)),
            ScratchBytes = l => 4 * Taps(l) + (l.Input.Channels / l.Groups + 3) / 4 * 4 + 2 * l.Output.Channels / l.Groups,
            AloneShare = l => DspCost.GroupedAloneShare(l, Taps(l)),
            Cycles = (l, t) => DspCost.GroupedPixels(l, Taps(l), LinearDsp.Blocks(t)),
        };

    private static ImmutableArray<KernelParameter> Parameters(LinearLayer layer)
    {
        var order = DspStream.OrderRuns(layer.Window.Taps, layer.Input.Channels / layer.Groups);
        var words = Enumerable.Range(0, layer.Groups).SelectMany(g => DspStream.Dot(Group(layer, g), order)).ToArray();
        return
        [
            new TableParameter("stream", ConstantTable.Of<uint>("stream", TableType.UInt32, words)),
            new IntegerParameter("group_words", words.Length / layer.Groups),
            new IntegerParameter("taps", order.Length),
            new IntegerParameter("in_width", layer.Input.Width),
            new IntegerParameter("in_channels", layer.Input.Channels),
            new IntegerParameter("out_channels", layer.Output.Channels),
            new IntegerParameter("groups", layer.Groups),
            .. LinearParameters.Window(layer),
            new IntegerParameter("in_zero", layer.InputZero),
            new IntegerParameter("out_min", layer.OutputMin),
            new IntegerParameter("out_max", layer.OutputMax),
        ];
    }

    private static int Taps(LinearShape layer) => (layer.Taps + 3) / 4 * 4;

    /// <summary>The layer of a group's output channels.</summary>
    private static LinearLayer Group(LinearLayer layer, int group)
    {
        var outputs = layer.Output.Channels / layer.Groups;
        return layer with
        {
            Output = layer.Output with { Channels = outputs },
            Weights = Part(layer.Weights, outputs * layer.Taps),
            Bias = Part(layer.Bias, outputs),
            PlainBias = Part(layer.PlainBias, outputs),
            Scale = Part(layer.Scale, outputs),
        };

        ImmutableArray<T> Part<T>(ImmutableArray<T> all, int count) => ImmutableArray.Create(all.AsSpan(group * count, count));
    }
}
