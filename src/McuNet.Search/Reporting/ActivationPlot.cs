using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;

namespace McuNet.Search.Reporting;

/// <summary>Bytes of activations that live while each layer runs, if every tensor is whole, and the arena that the schedule needs instead:
/// one early layer decides whether a network fits.</summary>
internal static class ActivationPlot
{
    public static string Svg(SearchSpace space, Candidate candidate)
    {
        var layers = NetworkLayer.Of(space, candidate.Architecture);
        var bytes = layers.Select(Live).ToArray();
        var arena = candidate.Resources.ArenaBytes;
        var axes = new Axes(0, layers.Length, 0, 1.05 * Math.Max(bytes.Max(), arena));
        var text = new StringBuilder();
        for (var i = 0; i < layers.Length; i++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{axes.X(i + 0.1):0.#}\" y=\"{axes.Y(bytes[i]):0.#}\" width=\"{axes.X(i + 0.9) - axes.X(i + 0.1):0.#}\" height=\"{axes.Y(0) - axes.Y(bytes[i]):0.#}\" fill=\"{(bytes[i] > arena ? "#cf222e" : "#0969da")}\"><title>{WebUtility.HtmlEncode(layers[i].Name)}: {bytes[i]:N0} bytes</title></rect>\n"
            );
        text.Append(
            CultureInfo.InvariantCulture,
            $"<line x1=\"{axes.X(0):0.#}\" x2=\"{axes.X(layers.Length):0.#}\" y1=\"{axes.Y(arena):0.#}\" y2=\"{axes.Y(arena):0.#}\" stroke=\"#1a7f37\" stroke-width=\"2\"/><text x=\"{axes.X(layers.Length) - 4:0.#}\" y=\"{axes.Y(arena) - 6:0.#}\" text-anchor=\"end\">arena of the schedule: {arena:N0} bytes</text>\n"
        );
        return axes.Svg("Bytes of activations, layer by layer, and the arena", "layers in order", "bytes", text.ToString());
    }

    /// <summary>Most bytes that a layer by itself makes necessary.</summary>
    public static long Most(SearchSpace space, Architecture architecture) => NetworkLayer.Of(space, architecture).Max(Live);

    /// <summary>Input, output, and the input of a block that is still to be added.</summary>
    private static long Live(NetworkLayer layer) =>
        layer.InputBytes
        + layer.OutputBytes
        + (layer.Residual && !layer.OpensBlock ? (long)layer.BlockInput * layer.InSide * layer.InSide : 0);
}
