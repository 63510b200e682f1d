using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>Depthwise kernels of whole layers for cores with the DSP extension: each input row is transposed once for a band of output rows.</summary>
public static class DepthwisePlanes
{
    private const int MaxScratchBytes = 4096;

    public static ImmutableArray<LinearKernel> Rows { get; } =
    [
        new()
        {
            Function = "mn_depthwise3x3_s8_dsp_planes",
            Sources = ["mn_clamp_s8_dsp.h", "mn_depthwise_dsp.h", "mn_depthwise_planes.h", "mn_depthwise3x3_s8_dsp_planes.c"],
            Required = KernelFeatures.Dsp | KernelFeatures.Fpu,
            ParameterType = "mn_depthwise_planes",
            Arguments = [KernelArgument.Whole0, KernelArgument.Output, KernelArgument.Scratch],
            Applies = l => IsDepthwise(l) && IsSquare3(l) && Best(l) is not null,
            Parameters = l => Parameters(Best(l)!.Value),
            ScratchBytes = l => Best(l)!.Value.Scratch3x3,
            Cycles = (l, _) => DspCost.Planes3x3(Best(l)!.Value),
            JoinedCycles = (_, _) => 0,
        },
    ];

    private static bool IsDepthwise(LinearLayer layer) =>
        layer.IsSymmetric && layer.Kind == LinearKind.Depthwise && layer.Input.Channels == layer.Output.Channels && layer.Input.Channels >= 4;

    private static bool IsSquare3(LinearLayer layer) =>
        layer.Window is { KernelHeight: 3, KernelWidth: 3, DilationHeight: 1, DilationWidth: 1, StrideWidth: 1 or 2 } window && window.StrideHeight == window.StrideWidth;

    /// <summary>The fewest cycles among those whose scratch is small enough; of equals, the smallest.</summary>
    private static PlaneShape? Best(LinearLayer layer) => Shapes(layer)
        .Where(s => s.Scratch3x3 <= MaxScratchBytes)
        .OrderBy(DspCost.Planes3x3).ThenBy(s => s.Scratch3x3)
        .Select(s => (PlaneShape?)s).FirstOrDefault();

    private static IEnumerable<PlaneShape> Shapes(LinearLayer layer)
    {
        foreach (var swapped in new[] { false, true })
        {
            var rows = swapped ? layer.Output.Width : layer.Output.Height;
            for (var bands = 1; bands <= (rows + 1) / 2; bands++)
                yield return new(layer, swapped, ((rows + bands - 1) / bands + 1) / 2 * 2);
        }
    }

    private static ImmutableArray<KernelParameter> Parameters(PlaneShape shape)
    {
        var layer = shape.Layer;
        return
        [
            new TableParameter("stream", ConstantTable.Of<uint>("stream", TableType.UInt32, DspStream.Planes3x3(layer, shape.Swapped))),
            new IntegerParameter("in_height", shape.InHeight),
            new IntegerParameter("in_width", shape.InWidth),
            new IntegerParameter("channels", layer.Input.Channels),
            new IntegerParameter("out_height", shape.OutHeight),
            new IntegerParameter("out_width", shape.OutWidth),
            new IntegerParameter("kernel_height", layer.Window.KernelHeight),
            new IntegerParameter("kernel_width", layer.Window.KernelWidth),
            new IntegerParameter("stride_height", shape.Stride),
            new IntegerParameter("stride", shape.Stride),
            new IntegerParameter("pad_top", shape.PadTop),
            new IntegerParameter("pad_left", shape.PadLeft),
            new IntegerParameter("band", shape.Band),
            new IntegerParameter("swapped", shape.Swapped ? 1 : 0),
            new IntegerParameter("in_zero", layer.InputZero),
            new IntegerParameter("out_min", layer.OutputMin),
            new IntegerParameter("out_max", layer.OutputMax),
        ];
    }
}

/// <summary>How a kernel of <see cref="DepthwisePlanes"/> walks a layer: rows and columns as they are or swapped, output rows per band.</summary>
internal readonly record struct PlaneShape(LinearLayer Layer, bool Swapped, int Band)
{
    public int InHeight => Swapped ? Layer.Input.Width : Layer.Input.Height;

    public int InWidth => Swapped ? Layer.Input.Height : Layer.Input.Width;

    public int OutHeight => Swapped ? Layer.Output.Width : Layer.Output.Height;

    public int OutWidth => Swapped ? Layer.Output.Height : Layer.Output.Width;

    public int PadTop => Swapped ? Layer.Window.PadLeft : Layer.Window.PadTop;

    public int PadLeft => Swapped ? Layer.Window.PadTop : Layer.Window.PadLeft;

    public int Stride => Layer.Window.StrideWidth;

    public int Bands => (OutHeight + Band - 1) / Band;

    /// <summary>Lines of two rows in scratch for <paramref name="rows"/> output rows of a 3 x 3 kernel.</summary>
    public int Lines3x3(int rows) => (Stride * ((rows + 1) / 2 * 2 - 1) + 4) / 2;

    /// <summary>Columns of a line of a 3 x 3 kernel.</summary>
    public int Columns3x3 => Math.Max(Stride * ((OutWidth + 1) / 2 * 2 - 1) + 3, PadLeft + InWidth);

    /// <summary>Bytes of scratch of the 3 x 3 kernel.</summary>
    public int Scratch3x3 => (Layer.Input.Channels + 3) / 4 * 4 + Lines3x3(Math.Min(Band, OutHeight)) * (24 + 16 * Columns3x3);
}
