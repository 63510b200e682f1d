using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Samples of an image at places that the network computes.</summary>
internal static class GridRows
{
    public static void Sample(NodeImport node)
    {
        var (image, places) = (node.Activation(0), node.Activation(1));
        if (image.Dims is not [1, _, _, _])
            throw node.BadDims(image, $"{node.Kind} takes images [1, C, H, W].");
        if (places.Dims is not [1, _, _, 2])
            throw node.BadDims(places, "places [1, rows, columns, 2] are needed.");
        var op = new GridSample
        {
            Interpolation = node.Text("mode", "linear") switch
            {
                "linear" or "bilinear" => GridInterpolation.Linear,
                "nearest" => GridInterpolation.Nearest,
                "cubic" or "bicubic" => GridInterpolation.Cubic,
                var other => throw node.Unsupported("mode", other, "It is linear, nearest or cubic."),
            },
            Padding = node.Text("padding_mode", "zeros") switch
            {
                "zeros" => GridPadding.Zeros,
                "border" => GridPadding.Border,
                "reflection" => GridPadding.Reflection,
                var other => throw node.Unsupported("padding_mode", other, "It is zeros, border or reflection."),
            },
            AlignCorners = node.Int("align_corners", 0) != 0,
        };
        node.Return(node.Emit(op, "-CHW", node.Arrange(image, "-CHW"), node.Arrange(places, "-HWC")));
    }
}
