using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Search.Spaces;

namespace McuNet.Search.PaperFigures;

/// <summary>Peak activation of networks run layer by layer, as publications count it, in elements.</summary>
public static class Activations
{
    /// <summary>The papers' analysis: input and output of a layer, and the block's input on the depthwise layer of a residual
    /// block.</summary>
    public static long PaperPeak(IEnumerable<NetworkLayer> layers) => layers.Max(l => Sides(l) + Kept(l));

    /// <summary>The same where a depthwise layer works in place: the larger of its input and its output.</summary>
    public static long InPlacePeak(IEnumerable<NetworkLayer> layers) =>
        layers.Max(l => (l.IsDepthwise ? Math.Max(l.InputBytes, l.OutputBytes) : Sides(l)) + Kept(l));

    private static long Sides(NetworkLayer layer) => layer.InputBytes + layer.OutputBytes;

    private static long Kept(NetworkLayer layer) => layer is { IsDepthwise: true, Residual: true } ? BlockInput(layer) : 0;

    private static long BlockInput(NetworkLayer layer) => (long)layer.InSide * layer.InSide * layer.BlockInput;
}
