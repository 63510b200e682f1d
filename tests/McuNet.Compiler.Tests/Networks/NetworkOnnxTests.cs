using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Networks;

public sealed class NetworkOnnxTests
{
    [Fact]
    public void Write_RandomNetworks_ImportToTheSameFunction()
    {
        var kinds = new HashSet<string>();
        for (var seed = 1; seed <= 60; seed++)
        {
            var graph = RandomNetwork.Build(seed);
            if (graph.IsOutput(graph.Inputs[0].Tensor))
                continue;
            var imported = ModelCompiler.Network(NetworkOnnx.Write(graph), "random.onnx", "random");
            Assert.True(imported.Succeeded, $"seed {seed}: {string.Join("\n", imported.Diagnostics.Select(d => d.Message))}");
            var input = RandomNetwork.Input(graph, seed);
            var (expected, actual) = (ReferenceEvaluator.Run(graph, [input]), ReferenceEvaluator.Run(imported.Value, [input]));
            Assert.All(expected.Zip(actual), o => Assert.Equal(o.First.Bytes, o.Second.Bytes));
            kinds.UnionWith(graph.Nodes.Select(n => n.Operator.Kind));
        }
        Assert.Superset(
            new HashSet<string>
            {
                "Conv2D",
                "DepthwiseConv2D",
                "ConvTranspose",
                "Dense",
                "Add",
                "Mul",
                "Concat",
                "MaxPool",
                "AveragePool",
                "Mean",
                "SelectPixels",
                "Softmax",
                "Sigmoid",
            },
            kinds
        );
    }
}
