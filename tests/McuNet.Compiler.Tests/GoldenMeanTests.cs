using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests;

/// <summary>
/// Shows where differences to ONNX Runtime come from: it computes means in float32, the reference in integers. With means in
/// floating point every difference of the model with the most of them is gone.
/// </summary>
public sealed class GoldenMeanTests(ITestOutputHelper output)
{
    [SharedTheory]
    [InlineData("mltk_fingerprint_int8")]
    public void ReferenceEvaluator_MeansInFloatingPoint_MatchesGoldenVectors(string name)
    {
        var golden = new Golden(name);
        var graph = golden.Compile();
        var results = Enumerable
            .Range(0, golden.CaseCount)
            .Select(i => golden.Compare(Run(golden, graph, i), i, 0, ElementType.Int8))
            .ToArray();
        foreach (var result in results)
            output.WriteLine(result.ToString());
        Assert.All(results, r => Assert.Equal(0, r.Mismatches));
    }

    private static byte[] Run(Golden golden, NetworkGraph graph, int index)
    {
        var values = new TensorData[graph.Tensors.Length];
        foreach (var port in graph.Inputs)
            values[port.Tensor.Value] = new(graph[port.Tensor].Type, Golden.ToStored(golden.Input(index, 0), graph, port));
        foreach (var node in graph.Nodes)
        {
            var result = new TensorData(graph[node.Output].Type);
            var operands = node.Inputs.Select(i => values[i.Value]).ToArray();
            if (node.Operator is Mean mean)
                Average(
                    graph.TypesOf(node),
                    new()
                    {
                        KernelHeight = mean.OverHeight ? operands[0].Type.Shape.Height : 1,
                        KernelWidth = mean.OverWidth ? operands[0].Type.Shape.Width : 1,
                    },
                    operands[0],
                    result
                );
            else if (node.Operator is AveragePool { Window: { HasPadding: false } window })
                Average(graph.TypesOf(node), window, operands[0], result);
            else
                node.Operator.Evaluate(graph.TypesOf(node), operands, result);
            values[node.Output.Value] = result;
        }

        return Golden.ToOnnx(values[graph.Outputs[0].Tensor.Value].Bytes, graph, graph.Outputs[0]);
    }

    private static void Average(NodeTypes types, Window window, TensorData input, TensorData result)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        for (var i = 0; i < to.Elements; i++)
        {
            var (y, x, c) = (i / to.RowElements * window.StrideHeight, i / to.Channels % to.Width * window.StrideWidth, i % to.Channels);
            var sum = 0f;
            for (var t = 0; t < window.KernelHeight * window.KernelWidth; t++)
                sum +=
                    (
                        input[((y + t / window.KernelWidth) * from.Width + x + t % window.KernelWidth) * from.Channels + c]
                        - types.Input.ZeroPoint
                    ) * types.Input.Scale;
            var mean = sum / (window.KernelHeight * window.KernelWidth);
            result.Bytes[i] = unchecked((byte)Arithmetic.Quantize(mean / types.Output.Scale, types.Output.ZeroPoint, (-128, 127)));
        }
    }
}
