using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.TfLite.Translations;

/// <summary>Poolings and resizing of images.</summary>
internal static class PoolRows
{
    /// <summary>Padding does not count.</summary>
    public static void Average(NodeStatement node) => Pool(node, "AveragePool", OnnxAttribute.Of("count_include_pad", 0L));

    public static void Max(NodeStatement node) => Pool(node, "MaxPool");

    private static void Pool(NodeStatement node, string op, params OnnxAttribute[] further)
    {
        var input = node.RequireRank(0, 4);
        var window = Padding.Window(
            node,
            input.Dims[1],
            input.Dims[2],
            [node.Positive("filter_height"), node.Positive("filter_width")],
            null
        );
        node.Return(node.Activated(node.Stored(node.Add(op, [node.Image(0)], [.. window, .. further]))));
    }

    public static void Nearest(NodeStatement node) => Resize(node, "nearest", "tf_half_pixel_for_nn");

    public static void Bilinear(NodeStatement node) => Resize(node, "linear", "half_pixel");

    private static void Resize(NodeStatement node, string mode, string halfPixel)
    {
        var input = node.RequireRank(0, 4);
        if (node.Integers(1, "size") is not [var height, var width])
            throw node.Unsupported("size", string.Join(", ", node.Integers(1, "size")), "Rows and columns are needed.");
        var isAligned = node.Flag("align_corners");
        node.Return(
            node.Stored(
                node.Add(
                    "Resize",
                    [node.Image(0), "", "", node.Constant([input.Dims[0], input.Dims[3], height, width])],
                    OnnxAttribute.Of("mode", mode),
                    OnnxAttribute.Of(
                        "coordinate_transformation_mode",
                        isAligned ? "align_corners"
                            : node.Flag("half_pixel_centers") ? halfPixel
                            : "asymmetric"
                    ),
                    OnnxAttribute.Of("nearest_mode", isAligned ? "round_prefer_ceil" : "floor")
                )
            )
        );
    }
}
