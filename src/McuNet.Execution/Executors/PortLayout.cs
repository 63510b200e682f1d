using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Runtimes.Cases;

namespace McuNet.Execution.Executors;

/// <summary>Tensors of cases are in ONNX order, those of generated code in HWC order.</summary>
public static class PortLayout
{
    /// <summary>The inputs of a case as the network takes them.</summary>
    public static ImmutableArray<byte[]> StoredInputs(GoldenCase @case, NetworkGraph graph) =>
        [.. graph.Inputs.Select((port, i) => ToStored(@case.Inputs[i], graph, port))];

    public static byte[] ToOnnx(byte[] stored, NetworkGraph graph, GraphPort port)
    {
        var (shape, element) = (graph[port.Tensor].Type.Shape, graph[port.Tensor].Type.Element);
        return port.StoredOrder ? stored : TensorLayout.ToNchw(stored, [1, shape.Channels, shape.Height, shape.Width], element.Size());
    }

    public static byte[] ToStored(byte[] onnx, NetworkGraph graph, GraphPort port)
    {
        var (shape, element) = (graph[port.Tensor].Type.Shape, graph[port.Tensor].Type.Element);
        return port.StoredOrder ? onnx : TensorLayout.ToNhwc(onnx, [1, shape.Channels, shape.Height, shape.Width], element.Size());
    }
}
