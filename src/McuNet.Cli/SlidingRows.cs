using McuNet.Compiler.Graph;
using McuNet.Runtimes.Cases;

namespace McuNet.Cli;

/// <summary>Windows and slices of an input, of elements of any size.</summary>
internal static class SlidingRows
{
    /// <summary>Row after row.</summary>
    public static byte[] Stored(byte[] onnx, GraphPort port, TensorShape shape) =>
        port.StoredOrder ? onnx : TensorLayout.ToNhwc(onnx, [1, shape.Channels, shape.Height, shape.Width], onnx.Length / shape.Elements);

    /// <summary>In the order of the model.</summary>
    public static byte[] Onnx(byte[] stored, GraphPort port, TensorShape shape) =>
        port.StoredOrder ? stored : TensorLayout.ToNchw(stored, [1, shape.Channels, shape.Height, shape.Width], stored.Length / shape.Elements);
}
