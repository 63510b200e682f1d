using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

public sealed class EmptyNetworkTests
{
    [Fact]
    public void Compile_InputIsOutput_CopiesItAndWarns()
    {
        var net = new NetworkBuilder(1);
        var graph = net.Build("identity", net.Input(4, 4, 3));
        AssertCopies(Compile(graph), [.. Enumerable.Range(0, 48).Select(i => (byte)i)]);
    }

    [Fact]
    public void Compile_InputInAnotherShape_KeepsTheOrderOfItsElements()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 2, 3, 4)
            .Tensor<long>("shape", OnnxType.Int64, [2], 1, 24)
            .Node("Reshape", "x shape", "y")
            .Output("y", 1, 24);
        var graph = ModelCompiler.Network(model.Read(), "view").Value;
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        for (var i = 0; i < 24; i++)
            input.Float32[i] = i;

        var compiled = Compile(graph);
        new ManagedNetwork(compiled.Model).AssertMatches("view", [input]);
        var result = new TensorData(graph[graph.Outputs[0].Tensor].Type, ReferenceEvaluator.Run(compiled.Model.Network, [input])[0].Bytes);

        Assert.Equal(Golden.ToOnnx(input.Bytes, graph, graph.Inputs[0]), Golden.ToOnnx(result.Bytes, graph, graph.Outputs[0]));
    }

    private static Compilation Compile(NetworkGraph graph)
    {
        var result = ModelCompiler.Compile(graph, new CompileOptions { Name = "net", Device = DeviceDatabase.Find("stm32l4r5").Value });
        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal((DiagnosticCatalog.NetworkEmpty.Id, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        return result.Value;
    }

    private static void AssertCopies(Compilation compilation, byte[] bytes)
    {
        var result = new ManagedNetwork(compilation.Model).Run([
            [bytes],
        ]);
        Assert.Equal(bytes, result.Outputs[0][0]);
    }
}
