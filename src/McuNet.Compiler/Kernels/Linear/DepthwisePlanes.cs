using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Depthwise kernels of blocks of output rows for cores with the DSP extension: each input row is transposed once for a band of output
/// rows, so that the more rows a block has the fewer cycles each takes.
/// </summary>
public static class DepthwisePlanes
{
    private const int MaxScratchBytes = 4096;

    /// <summary>Rows of the blocks that do not hold all rows of the layer.</summary>
    private static readonly ImmutableArray<int> Parts = [2, 4, 8];

    public static ImmutableArray<LinearKernel> Rows { get; } = [.. Parts.Append(int.MaxValue).SelectMany(OfBlock)];

    /// <param name="most">Most output rows of a block.</param>
    private static LinearKernel[] OfBlock(int most) =>
        [
            Row(
                "mn_depthwise3x3_s8_dsp_planes",
                most,
                IsSquare3,
                s => s.ScratchBytes3x3,
                DspCost.Planes3x3,
                DspStream.Planes3x3Words,
                DspStream.Planes3x3,
                s => ["mn_depthwise_square.h", $"mn_depthwise3x3_plane{s.Stride}.h"]
            ),
            Row(
                "mn_depthwise_s8_dsp_planes",
                most,
                IsWide,
                s => s.ScratchBytes,
                DspCost.Planes,
                DspStream.PlanesWords,
                DspStream.Planes,
                s => ["mn_depthwise_wide.h", $"mn_depthwise_plane{s.KernelWidth}{(s.Stride == 2 ? "by2" : "")}.h"]
            ),
        ];

    private static LinearKernel Row(
        string function,
        int most,
        Func<PlaneShape, bool> applies,
        Func<PlaneShape, int> scratch,
        Func<PlaneShape, double> cycles,
        Func<PlaneShape, int> recordWords,
        Func<LinearLayer, PlaneShape, uint[]> stream,
        Func<PlaneShape, ImmutableArray<string>> variants
    )
    {
        PlaneShape? Best(LinearShape layer) =>
            Shapes(layer, most)
                .Where(s => applies(s) && IsHeld(s) && scratch(s) <= MaxScratchBytes)
                .OrderBy(cycles)
                .ThenBy(scratch)
                .Select(s => (PlaneShape?)s)
                .FirstOrDefault();

        return new()
        {
            Function = function,
            Sources = ["mn_clamp_s8_dsp.h", "mn_depthwise_dsp.h", "mn_depthwise_planes.h", $"{function}.c"],
            Variants = l => variants(Best(l)!.Value),
            Required = DeviceFeatures.Dsp | DeviceFeatures.FpuSingle,
            IsLarge = true,
            ParameterType = "mn_depthwise_planes",
            Arguments = [KernelArgument.Buffer0, KernelArgument.OutputBuffer, KernelArgument.Block, KernelArgument.Scratch],
            MostRows = most,
            Applies = l => IsDepthwise(l) && Best(l) is not null,
            Parameters = l => Parameters(l, Best(l)!.Value, stream),
            TableBytes = l => sizeof(uint) * l.Output.Channels * recordWords(Best(l)!.Value),
            ScratchBytes = l => scratch(Best(l)!.Value),
            Cycles = (l, _) => cycles(Best(l)!.Value),
            JoinedCycles = (_, _) => 0,
            LoopBytes = (l, _) => GroupCode(l.Window) * ((l.Output.Channels + 3) / 4),
        };
    }

    /// <summary>Instructions that four channels fetch again from a small cache: transposition and the loops of outputs together, the mean
    /// of many layers.</summary>
    private static int GroupCode(Window window) =>
        Math.Max(window.KernelWidth, window.KernelHeight) switch
        {
            <= 3 => 200,
            <= 5 => 1000,
            _ => 3500,
        };

    private static bool IsDepthwise(LinearShape layer) =>
        layer.Kind == LinearKind.Depthwise
        && layer.Input.Channels == layer.Output.Channels
        && layer.Input.Channels >= 4
        && layer.Window is { DilationHeight: 1, DilationWidth: 1 };

    /// <summary>Whether the parameter block holds its strides and padding, a byte each.</summary>
    private static bool IsHeld(PlaneShape shape) => Math.Max(shape.StrideHeight, Math.Max(shape.PadTop, shape.PadLeft)) <= byte.MaxValue;

    private static bool IsSquare3(PlaneShape shape) =>
        shape is { KernelHeight: 3, KernelWidth: 3, Stride: 1 or 2 } && shape.StrideHeight == shape.Stride;

    private static bool IsWide(PlaneShape shape) => shape is { KernelHeight: >= 2 and <= 9, KernelWidth: 5 or 7, Stride: 1 or 2 };

    /// <summary>
    /// Each way to walk a layer in blocks. The rows of a part are one band, because what a row needs is transposed once per band; all rows
    /// are cut into bands of equal size, an even number of output rows.
    /// </summary>
    private static IEnumerable<PlaneShape> Shapes(LinearShape layer, int most)
    {
        if (most < int.MaxValue)
            return most < layer.Output.Height ? [new(layer, most, false, most)] : [];
        var shapes = new List<PlaneShape>();
        foreach (var swapped in new[] { false, true })
        {
            var rows = swapped ? layer.Output.Width : layer.Output.Height;
            for (var bands = 1; bands <= (rows + 1) / 2; bands++)
                shapes.Add(new(layer, layer.Output.Height, swapped, ((rows + bands - 1) / bands + 1) / 2 * 2));
        }
        return shapes.Distinct();
    }

    private static ImmutableArray<KernelParameter> Parameters(
        LinearLayer layer,
        PlaneShape shape,
        Func<LinearLayer, PlaneShape, uint[]> stream
    ) =>
        [
            new TableParameter("stream", ConstantTable.Of<uint>("stream", TableType.UInt32, stream(layer, shape))),
            new IntegerParameter("in_height", shape.InHeight),
            new IntegerParameter("in_width", shape.InWidth),
            new IntegerParameter("channels", layer.Input.Channels),
            new IntegerParameter("out_height", shape.OutHeight),
            new IntegerParameter("out_width", shape.OutWidth),
            new IntegerParameter("band", shape.Band),
            new IntegerParameter("kernel_height", shape.KernelHeight),
            new IntegerParameter("kernel_width", shape.KernelWidth),
            new IntegerParameter("stride_height", shape.StrideHeight),
            new IntegerParameter("stride", shape.Stride),
            new IntegerParameter("pad_top", shape.PadTop),
            new IntegerParameter("pad_left", shape.PadLeft),
            new IntegerParameter("swapped", shape.Swapped ? 1 : 0),
            new IntegerParameter("in_zero", layer.InputZero),
            new IntegerParameter("out_min", layer.OutputMin),
            new IntegerParameter("out_max", layer.OutputMax),
        ];
}
