using McuNet.Compiler.Graph;

namespace McuNet.Cli;

/// <summary>Tensors of cases are in ONNX order, those of generated code in HWC order.</summary>
public static class PortLayout
{
    public static byte[] ToStored(byte[] onnx, NetworkGraph graph, GraphPort port) => Reorder(onnx, graph, port, toStored: true);

    private static byte[] Reorder(byte[] from, NetworkGraph graph, GraphPort port, bool toStored)
    {
        var (shape, size) = (graph[port.Tensor].Type.Shape, graph[port.Tensor].Type.Element.Size());
        if (port.StoredOrder)
            return from;
        var to = new byte[from.Length];
        for (var c = 0; c < shape.Channels; c++)
        {
            for (var p = 0; p < shape.Height * shape.Width; p++)
            {
                var (onnx, stored) = ((c * shape.Height * shape.Width + p) * size, (p * shape.Channels + c) * size);
                var (source, target) = toStored ? (onnx, stored) : (stored, onnx);
                System.Buffer.BlockCopy(from, source, to, target, size);
            }
        }
        return to;
    }
}
