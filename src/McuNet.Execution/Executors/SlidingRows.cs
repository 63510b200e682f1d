using System;
using McuNet.Compiler.Graph;
using McuNet.Runtimes.Cases;

namespace McuNet.Execution.Executors;

/// <summary>Windows and slices of an input whose window moves on, of elements of any size.</summary>
/// <param name="Slice">Shape of what the port takes.</param>
public sealed record SlidingRows(SlidingInput Input, GraphPort Port, TensorShape Slice)
{
    /// <summary>Elements that are new with one step in time.</summary>
    public int Elements => Slice.Elements / Input.Hop;

    public static SlidingRows Of(NetworkGraph graph) =>
        new(graph.Sliding!, graph.Inputs[graph.Sliding!.Port], graph[graph.Inputs[graph.Sliding.Port].Tensor].Type.Shape);

    /// <summary>Step after step in time.</summary>
    /// <param name="onnx">A slice or a window in the order of the model.</param>
    public byte[] InTime(byte[] onnx, bool isWindow)
    {
        var (shape, size) = Sizes(onnx, isWindow);
        var stored = Port.StoredOrder ? onnx : TensorLayout.ToNhwc(onnx, [1, shape.Channels, shape.Height, shape.Width], size);
        return Input.InColumns ? Turned(stored, shape.Height, shape.Width, shape.Channels * size) : stored;
    }

    /// <summary>In the order of the model.</summary>
    /// <param name="steps">A slice or a window, step after step in time.</param>
    public byte[] InOrder(byte[] steps, bool isWindow)
    {
        var (shape, size) = Sizes(steps, isWindow);
        var stored = Input.InColumns ? Turned(steps, shape.Width, shape.Height, shape.Channels * size) : steps;
        return Port.StoredOrder ? stored : TensorLayout.ToNchw(stored, [1, shape.Channels, shape.Height, shape.Width], size);
    }

    private (TensorShape Shape, int Size) Sizes(byte[] bytes, bool isWindow)
    {
        var shape = isWindow ? Input.Window(Slice) : Slice;
        return (shape, bytes.Length / shape.Elements);
    }

    private static byte[] Turned(byte[] bytes, int rows, int columns, int pixel)
    {
        var turned = new byte[bytes.Length];
        for (var i = 0; i < rows * columns; i++)
            Array.Copy(bytes, i * pixel, turned, (i % columns * rows + i / columns) * pixel, pixel);
        return turned;
    }
}
